import { z } from 'zod';
import { startOutcome } from '../gate/start-outcome.ts';
import { idempotencyHeaders, startErrors, startHeaders } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';

/** Repeats only what failed of an ended run, as a new run linked to it, through the start gate. */
export const retryFailedItemsContract = defineContract(
  {
    method: 'POST',
    path: '/v1/runs/{id}/retry-failed-items',
    operationId: 'retryFailedItems',
    summary: 'Retry the failed items of a run',
    description:
      'A new run over only the items that failed, linked to this one, through the start gate. Successes are kept.',
    tags: ['Runs'],
    success: { 201: 'Accepted: a run was made and queued', 200: 'Deduped: the same work is already active' },
    errors: startErrors,
    body: 'optional',
    dialect: 'native',
    security: 'caller',
    requestHeaders: idempotencyHeaders,
    responseHeaders: startHeaders,
  },
  { input: z.strictObject({ id: entityId }), output: startOutcome },
);
