import { z } from 'zod';
import { startOutcome } from '../gate/start-outcome.ts';
import { idempotencyHeaders, startErrors, startHeaders } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { jsonObject } from '../shape/json.ts';

/** Runs an ended run again, as a new run linked to it, through the same start gate. */
export const replayRunContract = defineContract(
  {
    method: 'POST',
    path: '/v1/runs/{id}/replay',
    operationId: 'replayRun',
    summary: 'Run an ended run again',
    description:
      'A new run with the same operation, tenant, connection and input, linked to this one, through the start gate.',
    tags: ['Runs'],
    success: { 201: 'Accepted: a run was made and queued', 200: 'Deduped: the same work is already active' },
    errors: startErrors,
    body: 'optional',
    dialect: 'native',
    security: 'caller',
    requestHeaders: idempotencyHeaders,
    responseHeaders: startHeaders,
  },
  {
    input: z.strictObject({
      id: entityId,
      input: jsonObject.optional().meta({ description: 'Replaces the input of the earlier run' }),
    }),
    output: startOutcome,
  },
);
