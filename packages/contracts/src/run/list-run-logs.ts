import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { moment } from '../shape/time.ts';
import { eventSeq } from './events.ts';
import { logLevels } from './run-words.ts';

/** A piece of log output as it was stored: up to 64 KiB or 250 ms of it. Secrets are redacted before storing. */
export const logChunk = z
  .object({
    seq: eventSeq.min(1).meta({ description: 'In the same sequence as the events of the run' }),
    at: moment,
    level: z.enum(logLevels),
    step: z.string().optional(),
    text: z.string(),
  })
  .meta({ id: 'LogChunk' });
export type LogChunk = z.infer<typeof logChunk>;

/** A run's log after a given number, oldest first. */
export const listRunLogsContract = defineContract(
  {
    method: 'GET',
    path: '/v1/runs/{id}/logs',
    operationId: 'listRunLogs',
    summary: 'Read the log of a run',
    description:
      'Log chunks after the number `after`, oldest first. Ask again with the last number you got to follow.',
    tags: ['Runs'],
    success: { 200: 'Log chunks after the given number' },
    errors: thingErrors,
    body: 'none',
    dialect: 'native',
    security: 'session',
  },
  {
    input: z.strictObject({
      id: entityId,
      after: eventSeq.default(0).meta({ description: 'The last `seq` you have; 0 for the beginning' }),
      limit: z.int().min(1).max(100).default(50),
    }),
    output: z.object({ items: z.array(logChunk), lastSeq: eventSeq }),
  },
);
