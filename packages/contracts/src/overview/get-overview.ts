import { capabilities } from '@signalbox/domain/access/capabilities';
import { attentionKinds } from '@signalbox/domain/overview/attention';
import { quotaLevels } from '@signalbox/domain/workspace/quota';
import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { runStatus } from '../run/run-words.ts';
import { commaList } from '../shape/comma-list.ts';
import { entityId } from '../shape/ids.ts';
import { moment } from '../shape/time.ts';

/** The parts of the overview; each can be asked for alone, so that one that fails takes no other with it. */
export const overviewParts = ['attention', 'now', 'changes', 'firstSteps'] as const;

/** A number that stops at a cap. `href` is the list of the console that shows exactly what was counted. */
export const linkedCount = z
  .object({
    count: z.int().min(0),
    more: z.boolean().meta({ description: 'There are more than `count`; it is not counted further' }),
    href: z.string(),
  })
  .meta({ id: 'LinkedCount' });

const attentionItem = z
  .object({
    kind: z.enum(attentionKinds),
    severity: z.enum(['stop', 'caution']),
    sentence: z.string(),
    count: z
      .int()
      .min(0)
      .optional()
      .meta({ description: 'How many; the list at `href` shows exactly these' }),
    more: z.boolean().optional(),
    href: z.string().meta({ description: 'Where in the console it is seen' }),
    action: z.object({ label: z.string(), href: z.string() }),
    since: moment.optional(),
    examples: z.array(
      z.object({ label: z.string(), note: z.string(), at: moment.optional(), href: z.string() }),
    ),
  })
  .meta({ id: 'AttentionItem' });
export type AttentionItem = z.infer<typeof attentionItem>;

const overviewNow = z
  .object({
    running: linkedCount,
    queued: linkedCount,
    oldestQueued: z
      .object({ runId: entityId, createdAt: moment, href: z.string() })
      .optional()
      .meta({ description: 'The queued run that was created first' }),
    ended: linkedCount.meta({ description: 'Runs that ended within the last hour' }),
    endedPerMinute: z
      .array(z.int().min(0))
      .length(60)
      .meta({ description: 'The same by minute, the oldest first' }),
    workers: linkedCount.meta({ description: 'Workers that are alive' }),
    usage: z
      .object({
        runs: z.int().min(0),
        limit: z.int().min(0),
        level: z.enum(quotaLevels),
        resetsAt: moment,
        href: z.string(),
      })
      .meta({ description: 'Runs of this month that count against the limit' }),
  })
  .meta({ id: 'OverviewNow' });
export type OverviewNow = z.infer<typeof overviewNow>;

const change = z
  .object({
    id: z.int().min(1),
    at: moment,
    actor: z.string(),
    action: z.string(),
    sentence: z.string(),
    runId: entityId.optional(),
    runStatus: runStatus.optional().meta({ description: 'How the run ended, for a run that ended' }),
    href: z.string().optional().meta({ description: 'Where its object is seen' }),
  })
  .meta({ id: 'Change' });
export type Change = z.infer<typeof change>;

const firstStep = z
  .object({
    key: z.enum(['connection', 'check', 'capture', 'backup_set', 'preview']),
    label: z.string(),
    text: z.string(),
    done: z.boolean(),
    action: z.string(),
    capability: z.enum(capabilities),
    allowed: z.boolean().meta({ description: 'Whether this caller holds the capability' }),
    href: z.string(),
  })
  .meta({ id: 'FirstStep' });
export type FirstStep = z.infer<typeof firstStep>;

/** What an operator asks first: what needs me, what is going on, what has changed. */
export const overview = z
  .object({
    serverTime: moment,
    attention: z.object({ items: z.array(attentionItem) }).optional(),
    now: overviewNow.optional(),
    changes: z
      .object({
        items: z.array(change),
        limitedTo: z
          .enum(['runs'])
          .optional()
          .meta({ description: 'Without `audit.read` only what became of runs is told' }),
      })
      .optional(),
    firstSteps: z.object({ items: z.array(firstStep), done: z.boolean() }).optional(),
  })
  .meta({ id: 'Overview' });
export type Overview = z.infer<typeof overview>;

/** What needs attention, what is going on, what has changed and what a new workspace still lacks. */
export const getOverviewContract = defineContract(
  {
    method: 'GET',
    path: '/v1/overview',
    operationId: 'getOverview',
    summary: 'Get the overview',
    description:
      'What needs attention, the most urgent first; how much is running and waiting; the newest changes; the first steps of a new workspace. Numbers count only what you may see, and each names the list of the console that shows exactly what was counted.',
    tags: ['Overview'],
    success: { 200: 'The overview, or the parts of it that were asked for' },
    errors: sessionErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  {
    input: z.strictObject({
      parts: commaList(z.enum(overviewParts), overviewParts.length)
        .optional()
        .meta({ description: 'Parts to answer; all when absent', example: 'attention,now' }),
    }),
    output: overview,
  },
);
