import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { run } from './run.ts';

/** One run in full, with what it waits for, what may be done with it and what to do next. */
export const getRunContract = defineContract(
  {
    method: 'GET',
    path: '/v1/runs/{id}',
    operationId: 'readRun',
    summary: 'Get a run',
    description: 'One run in full: status, counts, times, safe error, allowed actions and what to do next.',
    tags: ['Runs'],
    success: { 200: 'The run' },
    errors: thingErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  { input: z.strictObject({ id: entityId }), output: run },
);
