import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { runFilterFields } from './run-filter.ts';
import { runStatus } from './run-words.ts';

/** Up to here a count of one status is exact; beyond, it only says that there are more. */
export const mostCounted = 100;

/** How many runs of each status match, and about how many match at all. */
export const countRunsContract = defineContract(
  {
    method: 'GET',
    path: '/v1/runs/counts',
    operationId: 'countRuns',
    summary: 'Count runs',
    description:
      'Takes the filter of `GET /v1/runs`. `statuses` counts each status under the rest of the filter, up to 100: `more` says that there are more. `total` counts what the whole filter matches: exactly up to 1,000, else as the database estimates it.',
    tags: ['Runs'],
    success: { 200: 'The counts' },
    errors: sessionErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  {
    input: z.strictObject({ ...runFilterFields }),
    output: z
      .object({
        statuses: z.array(
          z.object({ status: runStatus, count: z.int().min(0).max(mostCounted), more: z.boolean() }),
        ),
        total: z.object({ count: z.int().min(0), exact: z.boolean() }),
      })
      .meta({ id: 'RunCountsByStatus' }),
  },
);
