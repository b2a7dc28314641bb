import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { commaList } from '../shape/comma-list.ts';
import { entityId } from '../shape/ids.ts';
import { page, pageQuery } from '../shape/page.ts';
import { key, line, name } from '../shape/text.ts';
import { givenMoment } from '../shape/time.ts';
import { runSummary } from './run-summary.ts';
import { runStatus } from './run-words.ts';

/** Runs of the workspace the caller may see, newest first, by keyset over (created, id). */
export const listRunsContract = defineContract(
  {
    method: 'GET',
    path: '/v1/runs',
    operationId: 'listRuns',
    summary: 'List runs',
    description:
      'Runs of your workspace, newest first. Lists in the query are written with commas: `status=failed,partial`. A page is stable: runs made after the first page never shift the next one.',
    tags: ['Runs'],
    success: { 200: 'A page of runs' },
    errors: sessionErrors,
    body: 'none',
    dialect: 'native',
    security: 'session',
  },
  {
    input: z.strictObject({
      ...pageQuery,
      status: commaList(runStatus).optional().meta({ example: 'failed,partial' }),
      operation: commaList(key(100)).optional().meta({ example: 'restore_execute' }),
      tenantId: entityId.optional(),
      connectionId: entityId.optional(),
      initiatedBy: name(100).optional().meta({ description: 'A username, or `me`', example: 'me' }),
      tag: line(100).optional().meta({ description: 'An exact tag', example: 'nightly' }),
      createdAfter: givenMoment.optional(),
      createdBefore: givenMoment.optional(),
      parentId: entityId.optional().meta({ description: 'Runs made from this run' }),
    }),
    output: page(runSummary),
  },
);
