import { segmentKinds } from '@signalbox/domain/run/timeline';
import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { milliseconds, moment } from '../shape/time.ts';

const stretch = {
  from: moment,
  to: moment.optional().meta({ description: 'Absent while it goes on' }),
};

/** A stretch of a run's time in which it did one thing. */
export const timelineSegment = z
  .object({
    ...stretch,
    kind: z.enum(segmentKinds),
    cause: z.string().optional().meta({ description: 'Why it waited, a code of the reason catalogue' }),
    causeLabel: z.string().optional(),
  })
  .meta({ id: 'TimelineSegment' });

/** One step in one attempt; an attempt that got to no step has a row of its own, without a name. */
export const timelineRow = z
  .object({
    ...stretch,
    name: z.string().optional(),
    label: z.string(),
    attempt: z.int().min(1),
    worker: z.string().optional(),
    state: z.enum(['done', 'failed', 'interrupted', 'running']),
    continued: z.boolean().meta({ description: 'Goes on with what the worker before had begun' }),
    code: z.string().optional(),
    message: z.string().optional(),
    segments: z.array(timelineSegment).meta({ description: 'The waits that came before it, then its work' }),
  })
  .meta({ id: 'TimelineRow' });
export type TimelineRow = z.infer<typeof timelineRow>;

/** Where the time of a run went. */
export const timeline = z
  .object({
    ...stretch,
    serverTime: moment,
    totals: z
      .object({
        queuedMs: milliseconds,
        waitingMs: milliseconds,
        retryMs: milliseconds,
        workingMs: milliseconds,
      })
      .meta({ description: 'They add up to the time from `from` to `to`, or to `serverTime`' }),
    segments: z.array(timelineSegment).meta({ description: 'The whole run, without gap or overlap' }),
    rows: z.array(timelineRow).meta({ description: 'Oldest first' }),
    hiddenRows: z.int().min(0).meta({ description: 'Older rows that are left out' }),
    gaps: z
      .array(z.object({ from: moment, to: moment }))
      .meta({ description: 'Stretches without work that a picture may fold' }),
  })
  .meta({ id: 'Timeline' });
export type Timeline = z.infer<typeof timeline>;

/** The time of a run, split into what it did with it, with a row for each step and attempt. */
export const getRunTimelineContract = defineContract(
  {
    method: 'GET',
    path: '/v1/runs/{id}/timeline',
    operationId: 'getRunTimeline',
    summary: 'Get the timeline of a run',
    description:
      'Where the time of a run went: queued, waiting, waiting for the next try, working. One row for each step and attempt, also while the run goes on; at most 500 rows.',
    tags: ['Runs'],
    success: { 200: 'The timeline' },
    errors: thingErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  { input: z.strictObject({ id: entityId }), output: timeline },
);
