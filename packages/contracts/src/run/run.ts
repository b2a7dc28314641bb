import { z } from 'zod';
import { reason } from '../gate/reason.ts';
import { entityId } from '../shape/ids.ts';
import { jsonObject } from '../shape/json.ts';
import { milliseconds, moment } from '../shape/time.ts';
import {
  allowedAction,
  cancelNote,
  failureKind,
  queuePlace,
  runProgress,
  safeError,
  waiting,
  whatNext,
} from './run-parts.ts';
import { runSummary } from './run-summary.ts';
import { linkKinds, runStatus } from './run-words.ts';

/** A related run: what this one replays or retries, or what was made from it. */
const lineageLink = z
  .object({ runId: entityId, linkKind: z.enum(linkKinds), status: runStatus })
  .meta({ id: 'LineageLink' });

/** Which try this is, and when the next one comes. */
const attempt = z
  .object({
    number: z.int().min(0).meta({ description: '0 until a worker has taken the run' }),
    most: z.int().min(1),
    nextAt: moment.optional(),
    lostLeases: z.int().min(0).meta({ description: 'Workers lost in a row without progress' }),
  })
  .meta({ id: 'Attempt' });

/** Where the time went. The three parts add up to the wall time since `createdAt`. */
const phases = z
  .object({ queuedMs: milliseconds, waitingMs: milliseconds, executingMs: milliseconds })
  .meta({ id: 'Phases' });

/** A run in full. `eventSeq` is where a live stream resumes. */
export const run = z
  .object({
    ...runSummary.shape,
    reason: reason.optional(),
    waiting: waiting.optional(),
    queue: queuePlace.optional().meta({ description: 'What stands before a run that waits for a worker' }),
    cancel: cancelNote.optional(),
    failures: z
      .array(failureKind)
      .meta({ description: 'Why items failed, most frequent first; empty until the run has ended' }),
    progress: runProgress.optional(),
    safeError: safeError.optional(),
    attempt,
    phases,
    phaseSince: moment.meta({ description: 'When the present phase, or the last one, began' }),
    worker: z.string().optional().meta({ description: 'The worker that holds the lease' }),
    lastHeartbeatAt: moment.optional().meta({ description: 'When the worker was last heard' }),
    scopes: z.array(z.string()).meta({ description: 'Protected scopes the run holds now' }),
    parent: lineageLink.optional(),
    children: z.array(lineageLink),
    input: jsonObject,
    output: jsonObject.optional(),
    allowedActions: z.array(allowedAction),
    whatNext,
    serverTime: moment.meta({ description: 'Durations are counted from this clock, not from the reader’s' }),
  })
  .meta({ id: 'Run' });
export type Run = z.infer<typeof run>;
