import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { page, pageQuery } from '../shape/page.ts';
import { runFilterFields } from './run-filter.ts';
import { runSummary } from './run-summary.ts';

/** Runs of the workspace the caller may see, newest first, by keyset over (created, id), both ways. */
export const listRunsContract = defineContract(
  {
    method: 'GET',
    path: '/v1/runs',
    operationId: 'listRuns',
    summary: 'List runs',
    description:
      'Runs of your workspace, newest first. Lists in the query are written with commas: `status=failed,partial`. A page is stable: runs made after the first page never shift the next one. Follow `nextCursor` to older runs and `previousCursor` back to newer ones.',
    tags: ['Runs'],
    success: { 200: 'A page of runs' },
    errors: sessionErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  {
    input: z.strictObject({ ...pageQuery, ...runFilterFields }),
    output: page(runSummary).extend({
      previousCursor: z
        .string()
        .nullable()
        .meta({ description: 'Leads to the page of newer runs; null where there were none' }),
    }),
  },
);
