import { planItemStatuses } from '@signalbox/domain/plan/plan-item';
import { planStatuses } from '@signalbox/domain/plan/plan-status';
import { z } from 'zod';
import { nextStep } from '../gate/next-step.ts';
import { reason } from '../gate/reason.ts';
import { scopeHolder } from '../gate/start-outcome.ts';
import { runSummary } from '../run/run-summary.ts';
import { entityId, uid } from '../shape/ids.ts';
import { moment } from '../shape/time.ts';

/** One operation of a bootstrap, for one caller. */
export const bootstrapItem = z
  .object({
    position: z.int().min(1),
    operation: z.string().meta({ example: 'directory.groups.sync' }),
    operationLabel: z.string(),
    status: z.enum(planItemStatuses).meta({
      id: 'BootstrapItemStatus',
      description:
        '`waiting`: for those before it, for a scope or a throttle. `admitted`: its run is active. `done`: its run succeeded. `failed`: its run did not succeed, or its start was refused. `skipped`: not started, since one before it failed. `aborted`: not started, since the bootstrap was aborted before',
    }),
    message: z.string().meta({ description: 'How it stands, or what it waits for, as one plain sentence' }),
    reason: reason.optional(),
    nextSteps: z.array(nextStep),
    run: runSummary
      .optional()
      .meta({ description: 'The new run, or the active one that does the same work' }),
    holder: scopeHolder.optional().meta({ description: 'Who holds the scope it waits for' }),
    waitingSince: moment.optional(),
    retryAt: moment.optional().meta({ description: 'When it is tried again, where that is known' }),
    finishedAt: moment.optional(),
  })
  .meta({ id: 'BootstrapItem' });
export type BootstrapItemView = z.infer<typeof bootstrapItem>;

/** How far the first work on a tenant is. Its operations are done one after the other. */
export const bootstrapView = z
  .object({
    id: entityId,
    uid,
    status: z.enum(planStatuses).meta({
      id: 'BootstrapStatus',
      description:
        '`completed` when all succeeded, which completes the onboarding; `failed` when one did not and the rest was left out',
    }),
    statusText: z.string().meta({ description: 'The status as one plain sentence' }),
    requestedBy: z.string().meta({ description: 'The username; the work is done with their rights' }),
    abortedBy: z.string().optional(),
    abortReason: z.string().optional(),
    abortRefused: z.string().optional().meta({ description: 'Why you cannot abort it now' }),
    createdAt: moment,
    finishedAt: moment.optional(),
    items: z.array(bootstrapItem),
  })
  .meta({ id: 'Bootstrap' });
export type BootstrapView = z.infer<typeof bootstrapView>;
