import {
  batchItemStatuses,
  batchOperationTypes,
  batchStatuses,
} from '@signalbox/domain/provisioning/batch-operation';
import { z } from 'zod';
import { nextStep } from '../gate/next-step.ts';
import { reason } from '../gate/reason.ts';
import { scopeHolder } from '../gate/start-outcome.ts';
import { connectionRef } from '../run/run-parts.ts';
import { runStatus } from '../run/run-words.ts';
import { entityId, uid } from '../shape/ids.ts';
import { jsonObject } from '../shape/json.ts';
import { moment } from '../shape/time.ts';

/** How a batch stands. */
export const batchStatus = z.enum(batchStatuses).meta({
  id: 'BatchStatus',
  description:
    '`running` until nothing of it is under way and nothing will be, also while a failure is being undone',
});

/** How one operation of a batch stands. */
export const batchItemStatus = z.enum(batchItemStatuses).meta({
  id: 'BatchItemStatus',
  description:
    '`waiting`: not yet begun, `wait` says for what. `skipped`: an operation before it failed, `becauseOf` names it. `cancelled`: never begun, or cancelled while it ran',
});

const count = z.int().min(0);
const batchRun = z.object({ id: entityId, codename: z.string(), status: runStatus });

const summaryFields = {
  id: uid,
  name: z.string(),
  version: z.string(),
  storageBackend: z.string(),
  status: batchStatus,
  statusText: z.string().meta({ description: 'The status as one plain sentence' }),
  parallelLimit: z.int().min(1),
  rollbackEnabled: z.boolean(),
  infras: z.array(z.string()).meta({ description: 'Infras it works on, by name' }),
  requestedBy: z.string().meta({ description: 'The username; the work is done with their rights' }),
  createdAt: moment,
  finishedAt: moment.optional(),
  counts: z.object({
    total: count,
    waiting: count,
    running: count,
    completed: count,
    failed: count,
    skipped: count,
    cancelled: count,
  }),
  parentId: uid.optional().meta({ description: 'The batch whose rest this one tries again' }),
  cancelledBy: z.string().optional(),
  cancelReason: z.string().optional(),
  undo: z
    .object({
      run: batchRun.optional().meta({ description: 'The run that undoes what was done' }),
      problem: z.string().optional().meta({ description: 'Why nothing was undone' }),
    })
    .optional()
    .meta({ description: 'Once a failure is being undone, or could not be' }),
};

/** A batch in a list: what it is and how far it has come. */
export const batchSummary = z.object(summaryFields).meta({ id: 'BatchSummary' });
export type BatchSummary = z.infer<typeof batchSummary>;

/** What an operation that has not begun waits for. Nothing waits without a stated cause. */
export const batchWait = z
  .object({
    cause: z.enum(['dependencies', 'parallel_limit', 'worker', 'scope_busy', 'throttled']),
    sentence: z.string(),
    on: z
      .array(z.string())
      .optional()
      .meta({ description: 'With `dependencies`: the operations that are not done' }),
    since: moment,
    until: moment.optional().meta({ description: 'With `throttled`: when it is tried again' }),
    holder: scopeHolder.optional().meta({ description: 'With `scope_busy`: who holds the scope' }),
  })
  .meta({ id: 'BatchWait' });

/** One operation of a batch. */
export const batchItem = z
  .object({
    id: z.string().meta({ description: 'Unique within the batch' }),
    position: z.int().min(1),
    type: z.enum(batchOperationTypes),
    operation: z.string().meta({ description: 'What it becomes a run of', example: 'create_servers' }),
    operationLabel: z.string(),
    provider: z.string(),
    infra: z.string(),
    connection: connectionRef.optional(),
    dependencies: z.array(z.string()),
    wave: z.int().min(1).meta({ description: 'How far it stands from the beginning' }),
    config: jsonObject.meta({ description: 'Its configuration, with the keys of a settings file' }),
    status: batchItemStatus,
    reason: reason.optional(),
    message: z.string().optional().meta({ description: 'The last answer to it as one plain sentence' }),
    nextSteps: z.array(nextStep),
    becauseOf: z
      .string()
      .optional()
      .meta({ description: 'With `skipped`: the operation that failed before it' }),
    run: batchRun.optional(),
    progress: z.number().min(0).max(100).optional().meta({ description: 'Percent, as far as it is known' }),
    changes: z
      .object({ total: count, undone: count })
      .optional()
      .meta({ description: 'What it changed, and how much of that was undone' }),
    undone: z
      .enum(['none', 'some', 'all'])
      .optional()
      .meta({ description: 'How much of what it changed was undone; absent where it changed nothing' }),
    wait: batchWait.optional(),
    startedAt: moment.optional(),
    finishedAt: moment.optional(),
  })
  .meta({ id: 'BatchItem' });
export type BatchItem = z.infer<typeof batchItem>;

/** A batch with its operations, in the order they were given. */
export const batchRecord = z
  .object({
    ...summaryFields,
    waves: z.array(z.array(z.string())),
    peakConcurrency: z
      .int()
      .min(0)
      .meta({ description: 'The most operations at once, if all take equally long' }),
    items: z.array(batchItem),
    cancelRefused: z.string().optional().meta({ description: 'Why you cannot cancel it now' }),
    retryRefused: z.string().optional().meta({ description: 'Why you cannot try the rest again now' }),
  })
  .meta({ id: 'Batch' });
export type BatchRecord = z.infer<typeof batchRecord>;
