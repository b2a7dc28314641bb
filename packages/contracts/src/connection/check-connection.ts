import { z } from 'zod';
import { startOutcome } from '../gate/start-outcome.ts';
import { idempotencyHeaders, startErrors, startHeaders } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';

/** Starts a check of a connection through the start gate. */
export const checkConnectionContract = defineContract(
  {
    method: 'POST',
    path: '/v1/connections/{id}/check',
    operationId: 'checkConnection',
    summary: 'Check a provider connection',
    description:
      'Starts `provider.connection.check` through the start gate: signs in to the provider, compares granted with needed permissions and keeps consent and health true.',
    tags: ['Connections'],
    success: { 201: 'Accepted: a run was made and queued', 200: 'Deduped: a check is already active' },
    errors: startErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
    requestHeaders: idempotencyHeaders,
    responseHeaders: startHeaders,
  },
  { input: z.strictObject({ id: entityId }), output: startOutcome },
);
