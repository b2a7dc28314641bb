import { itemOutcomes, type PlanItemOutcome, startedItemStatuses } from '@signalbox/domain/plan/plan-item';
import { bulkStatuses } from '@signalbox/domain/plan/plan-status';
import { z } from 'zod';
import { nextStep } from '../gate/next-step.ts';
import { reason } from '../gate/reason.ts';
import { scopeHolder } from '../gate/start-outcome.ts';
import { tenantRef } from '../run/run-parts.ts';
import { runStatus } from '../run/run-words.ts';
import { entityId, uid } from '../shape/ids.ts';
import { jsonObject } from '../shape/json.ts';
import { moment } from '../shape/time.ts';
import { bulkAction } from './bulk-selection.ts';

/** How a bulk action stands. */
export const bulkStatus = z.enum(bulkStatuses).meta({
  id: 'BulkStatus',
  description: '`working` until no item waits; `aborted` when somebody stopped it before that',
});

/** How one item of a bulk action stands. */
export const bulkItemStatus = z.enum(startedItemStatuses).meta({
  id: 'BulkItemStatus',
  description:
    '`waiting`: not yet tried, or waiting for a scope or a throttle. `done`: started, joined to the active run, or cancelled. `failed`: refused. `skipped`: the action did not apply. `aborted`: nothing was done, since the bulk action was aborted before',
});

/** What was answered to one item: a start outcome of the gate, or what a cancel came to. */
export const bulkItemOutcome = z.enum(itemOutcomes).meta({ id: 'BulkItemOutcome' });

const count = z.int().min(0);

/** A bulk action: what was asked of how many runs, and how far it is. Counts are over the runs the caller may see. */
export const bulkRecord = z
  .object({
    id: entityId,
    uid,
    action: bulkAction,
    actionLabel: z.string().meta({ example: 'Replay' }),
    status: bulkStatus,
    statusText: z.string().meta({ description: 'The status as one plain sentence' }),
    reason: z.string().optional().meta({ description: 'Why, in the words of the person who asked' }),
    selection: jsonObject.meta({ description: 'What was chosen, with every relative time made absolute' }),
    requestedBy: z.string().meta({ description: 'The username; the work is done with their rights' }),
    abortedBy: z.string().optional(),
    abortReason: z.string().optional(),
    abortRefused: z.string().optional().meta({ description: 'Why you cannot abort it now' }),
    createdAt: moment,
    finishedAt: moment.optional(),
    counts: z.object({
      total: count,
      waiting: count,
      done: count,
      failed: count,
      skipped: count,
      aborted: count,
    }),
    outcomes: z
      .object({
        accepted: count,
        deduped: count,
        scope_busy: count,
        blocked: count,
        cancelled: count,
        cancel_requested: count,
      } satisfies Record<PlanItemOutcome, z.ZodType>)
      .meta({ description: 'Items by what was last answered to them' }),
  })
  .meta({ id: 'BulkAction' });
export type BulkRecord = z.infer<typeof bulkRecord>;

const itemRun = z.object({ id: entityId, codename: z.string(), status: runStatus });

/** One run of a bulk action: what was answered, what came of it, and what it waits for. */
export const bulkItem = z
  .object({
    position: z.int().min(1),
    operation: z.string(),
    operationLabel: z.string(),
    tenant: tenantRef.optional(),
    source: itemRun.meta({ description: 'The run the item is about' }),
    status: bulkItemStatus,
    outcome: bulkItemOutcome.optional(),
    message: z.string().optional().meta({ description: 'The answer as one plain sentence' }),
    reason: reason.optional(),
    nextSteps: z.array(nextStep),
    run: itemRun.optional().meta({ description: 'The new run, or the active one that does the same work' }),
    holder: scopeHolder.optional().meta({ description: 'Who holds the scope it waits for' }),
    waitingSince: moment.optional(),
    retryAt: moment.optional().meta({ description: 'When it is tried again, where that is known' }),
    finishedAt: moment.optional(),
  })
  .meta({ id: 'BulkItem' });
export type BulkItem = z.infer<typeof bulkItem>;
