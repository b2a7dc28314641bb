import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { apiKey, apiKeyId } from './api-key.ts';

/** Ends a key. */
export const revokeApiKeyContract = defineContract(
  {
    method: 'POST',
    path: '/v1/api-keys/{id}/revoke',
    operationId: 'revokeApiKey',
    summary: 'Revoke an API key',
    description:
      'Every call after this answer is refused, open streams of the key end, and planned work it asked for fails when its turn comes. Runs it has started go on. Asking again changes nothing.',
    tags: ['API keys'],
    success: { 200: 'Revoked' },
    errors: thingErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  { input: z.strictObject({ id: apiKeyId }), output: apiKey },
);
