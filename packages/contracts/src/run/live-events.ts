import { z } from 'zod';
import { entityId, uid } from '../shape/ids.ts';
import { moment } from '../shape/time.ts';
import { eventSeq, runEvent } from './events.ts';
import { run } from './run.ts';
import { initiator, runCounts } from './run-parts.ts';
import { runStatus } from './run-words.ts';

/**
 * What the one live stream of a console tab takes. Without `runId` it gives hints for lists; with it also each event
 * of that run, from `lastEventId` on. Served over tRPC as server-sent events, not over REST.
 */
export const liveInput = z.strictObject({
  lastEventId: z.string().max(64).optional(),
  runId: entityId.optional(),
  /** Where a watched run's events continue on a first connection: the `eventSeq` the page was drawn with. */
  after: eventSeq.optional(),
});

/**
 * A run changed: enough to patch a row in place, and to tell whether a filtered list would show it. Hints may be
 * skipped or merged; refetch after a reconnect.
 */
export const runHint = z.object({
  kind: z.literal('run'),
  id: entityId,
  uid,
  operation: z.string(),
  tenantId: entityId.optional(),
  connectionId: entityId.optional(),
  initiator,
  codename: z.string(),
  tags: z.array(z.string()),
  status: runStatus,
  statusText: z.string(),
  reasonCode: z.string().optional(),
  counts: runCounts,
  currentStep: z.string().optional(),
  eventSeq,
  createdAt: moment,
  startedAt: moment.optional(),
  finishedAt: moment.optional(),
  cancelRequestedAt: moment.optional(),
});

/** One event of the watched run, in order, without gap or repeat. */
export const watchedEvent = z.object({ kind: z.literal('run_event'), runId: entityId, event: runEvent });

/** The place asked for is gone: here is the run as it is now; events continue after its `eventSeq`. */
export const resync = z.object({ kind: z.literal('resync'), runId: entityId, run });

/** The server's clock, sent when the stream opens. Lists refetch on it, since hints may have been missed. */
export const hello = z.object({ kind: z.literal('hello'), serverTime: moment });

/**
 * The caller was told that a run of theirs has ended. Nobody else's stream gives it. It may come twice: the id says
 * whether it is known already.
 */
export const notificationHint = z.object({ kind: z.literal('notification'), id: entityId, runId: entityId });

/** Everything the live stream yields. Its tracked id is what `lastEventId` takes. */
export const liveEvent = z.discriminatedUnion('kind', [
  hello,
  runHint,
  watchedEvent,
  resync,
  notificationHint,
]);
export type LiveEvent = z.infer<typeof liveEvent>;
export type RunHint = z.infer<typeof runHint>;
