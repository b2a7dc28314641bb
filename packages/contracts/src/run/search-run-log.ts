import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId, largestId } from '../shape/ids.ts';
import { key } from '../shape/text.ts';
import { moment } from '../shape/time.ts';
import { lineNumber } from './list-run-logs.ts';
import { logLevels } from './run-words.ts';

/** One line of a log. */
const logLine = z
  .object({
    line: lineNumber,
    at: moment,
    level: z.enum(logLevels),
    step: z.string().optional(),
    text: z.string(),
  })
  .meta({ id: 'LogLine' });

/** The most lines one answer holds. */
const mostLogLines = 1_000;

/** Lines of a run's log that hold what is looked for, oldest first. */
export const searchRunLogContract = defineContract(
  {
    method: 'GET',
    path: '/v1/runs/{id}/log-lines',
    operationId: 'searchRunLog',
    summary: 'Find lines in the log of a run',
    description:
      'Lines that hold the text `q` without regard to case, are at least as grave as `level` and belong to `step`, oldest first. `nextLine` is what to give as `afterLine` for more. Everything a run wrote is searched; a search that takes longer than five seconds is ended with 503, so narrow it by level or step.',
    tags: ['Runs'],
    success: { 200: 'Lines that match' },
    errors: thingErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  {
    input: z.strictObject({
      id: entityId,
      q: key(200).optional().meta({ description: 'Text to find, as it is: no pattern' }),
      level: z.enum(logLevels).optional().meta({ description: 'The least grave level to give' }),
      step: key(200).optional(),
      afterLine: z
        .int()
        .min(0)
        .max(largestId - 1)
        .default(0)
        .meta({ description: 'Only lines after this one' }),
      limit: z.int().min(1).max(mostLogLines).default(200),
    }),
    output: z.object({
      items: z.array(logLine),
      nextLine: z.int().nullable().meta({ description: 'The last line given, when there are more' }),
      lastLine: z.int().min(0).meta({ description: 'The last line of the log that was searched' }),
    }),
  },
);
