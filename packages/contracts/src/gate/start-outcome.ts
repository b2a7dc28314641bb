import { z } from 'zod';
import { runSummary } from '../run/run-summary.ts';
import { entityId } from '../shape/ids.ts';
import { moment } from '../shape/time.ts';
import { nextStep } from './next-step.ts';
import { reason } from './reason.ts';

/** Everything the start gate can answer. Only `accepted` makes a run. */
export const startOutcomeKinds = ['accepted', 'deduped', 'scope_busy', 'blocked'] as const;

/** The run, or the batch, that holds the scope another start needs. */
export const scopeHolder = z
  .object({
    runId: entityId.optional().meta({ description: 'Absent where a batch holds it' }),
    batchId: z.uuid().optional().meta({ description: 'The batch that holds it' }),
    operation: z.string().meta({ description: 'What the holder does; `batch` for a batch' }),
    since: moment,
    expectedEnd: moment.optional().meta({ description: 'An estimate from earlier runs, when there is one' }),
  })
  .meta({ id: 'ScopeHolder' });

/** The quota of the current period, where the operation counts against one. */
export const quotaState = z
  .object({
    current: z.int().min(0),
    limit: z.int().min(0),
    period: z.string().meta({ description: 'First day of the month in UTC', example: '2026-03-01' }),
  })
  .meta({ id: 'QuotaState' });

/**
 * What the start gate answers, for a real start and for a what-if alike. A refusal (`scope_busy`, `blocked`) has a
 * reason and at least one next step the caller can take, and leaves no run behind.
 */
export const startOutcome = z
  .object({
    outcome: z.enum(startOutcomeKinds),
    message: z.string().meta({ description: 'One plain sentence' }),
    reason: reason.optional(),
    nextSteps: z.array(nextStep),
    run: runSummary
      .optional()
      .meta({ description: 'The new run, or the active one that does the same work' }),
    holder: scopeHolder.optional(),
    retryAt: moment.optional().meta({ description: 'When trying again makes sense, where that is known' }),
    missingPermissions: z.array(z.string()).optional(),
    quota: quotaState.optional(),
    approvalNeeded: z.boolean().optional().meta({ description: 'Accepted, but waits for an approval first' }),
    connectionId: entityId.optional().meta({ description: 'The provider connection the gate chose' }),
    idempotencyKey: z.string().optional().meta({ description: 'The key this answer is kept under' }),
  })
  .meta({ id: 'StartOutcome' });
export type StartOutcome = z.infer<typeof startOutcome>;
