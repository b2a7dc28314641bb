import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId, largestId } from '../shape/ids.ts';
import { moment } from '../shape/time.ts';
import { eventSeq } from './events.ts';
import { logLevels } from './run-words.ts';

/** A line of a log: from 1, without gaps, the same for every reader and for ever. */
export const lineNumber = z.int().min(1).max(largestId);

/** A piece of log output as it was stored: up to 64 KiB or 250 ms of it. Secrets are redacted before storing. */
export const logChunk = z
  .object({
    seq: eventSeq.min(1).meta({ description: 'In the same sequence as the events of the run' }),
    at: moment,
    level: z.enum(logLevels),
    step: z.string().optional(),
    text: z.string(),
    line: lineNumber.meta({ description: 'The number of its first line in the whole log' }),
  })
  .meta({ id: 'LogChunk' });
export type LogChunk = z.infer<typeof logChunk>;

/** A run's log after a chunk, before a chunk or from a line, oldest first. */
export const listRunLogsContract = defineContract(
  {
    method: 'GET',
    path: '/v1/runs/{id}/logs',
    operationId: 'listRunLogs',
    summary: 'Read the log of a run',
    description:
      'Log chunks after the number `after`, oldest first. Ask again with the last number you got to follow. `before` gives the chunks just before a number instead, so a very large one gives the end of the log; `fromLine` begins with the chunk that holds the line. Only one of the three may be given.',
    tags: ['Runs'],
    success: { 200: 'Log chunks at the given place' },
    errors: thingErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  {
    input: z
      .strictObject({
        id: entityId,
        after: eventSeq
          .optional()
          .meta({ description: 'The last `seq` you have; 0 or left out for the beginning' }),
        before: eventSeq.min(1).optional().meta({ description: 'Chunks with a smaller `seq` than this' }),
        fromLine: lineNumber.optional().meta({ description: 'The line to begin at' }),
        limit: z.int().min(1).max(100).default(50),
      })
      .refine(
        ({ after, before, fromLine }) =>
          [after, before, fromLine].filter((place) => place !== undefined).length < 2,
        { error: 'only one of after, before and fromLine may be given' },
      ),
    output: z.object({
      items: z.array(logChunk),
      lastSeq: eventSeq,
      firstLine: z.int().min(0).meta({ description: 'The first line that is still kept; 0 for no log' }),
      lastLine: z.int().min(0).meta({ description: 'The last line there is; 0 for no log' }),
    }),
  },
);
