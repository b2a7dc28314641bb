import { z } from 'zod';
import { reason } from '../gate/reason.ts';
import { largestId } from '../shape/ids.ts';
import { moment } from '../shape/time.ts';
import { runCounts, runProgress, safeError } from './run-parts.ts';
import { itemOutcome, logLevels, runStatus } from './run-words.ts';

/** The number of an event within its run: from 1, without gaps. */
export const eventSeq = z.int().min(0).max(largestId);

const stamp = { seq: eventSeq.min(1), at: moment };

/** The run moved from one state to another. */
export const stateEvent = z.object({
  ...stamp,
  kind: z.literal('state'),
  data: z.object({
    from: runStatus.nullable().meta({ description: 'Null for the event that made the run' }),
    to: runStatus,
    reason: reason.optional(),
    safeError: safeError.optional(),
    wakeAt: moment.optional(),
    worker: z.string().optional(),
  }),
});

/** Counts or progress changed. */
export const progressEvent = z.object({
  ...stamp,
  kind: z.literal('progress'),
  data: z.object({ counts: runCounts, progress: runProgress.optional(), currentStep: z.string().optional() }),
});

/** Items got their results; several that were recorded together share one event. */
export const itemEvent = z.object({
  ...stamp,
  kind: z.literal('item'),
  data: z.object({
    items: z.array(
      z.object({
        key: z.string(),
        outcome: itemOutcome,
        label: z.string().optional(),
        code: z.string().optional(),
      }),
    ),
    counts: runCounts,
  }),
});

/** A durable step began, ended or failed. */
export const stepEvent = z.object({
  ...stamp,
  kind: z.literal('step'),
  data: z.object({
    name: z.string(),
    attempt: z.int().min(1),
    state: z.enum(['intent', 'done', 'failed']),
    code: z.string().optional(),
  }),
});

/** A chunk of log output. It takes its number from the same sequence, so one cursor resumes both. */
export const logEvent = z.object({
  ...stamp,
  kind: z.literal('log'),
  data: z.object({
    level: z.enum(logLevels),
    step: z.string().optional(),
    text: z.string(),
    line: z.int().min(1).optional().meta({ description: 'The number of its first line in the log' }),
  }),
});

/** A person asked for something, such as a cancel. */
export const requestEvent = z.object({
  ...stamp,
  kind: z.literal('request'),
  data: z.object({ action: z.string(), by: z.string().optional() }),
});

/** One entry of a run's append-only history. */
export const runEvent = z
  .discriminatedUnion('kind', [stateEvent, progressEvent, itemEvent, stepEvent, logEvent, requestEvent])
  .meta({ id: 'RunEvent' });
export type RunEvent = z.infer<typeof runEvent>;
