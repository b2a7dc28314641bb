import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { apiKey, apiKeyId } from './api-key.ts';

/** One key of the workspace. */
export const getApiKeyContract = defineContract(
  {
    method: 'GET',
    path: '/v1/api-keys/{id}',
    operationId: 'getApiKey',
    summary: 'Read an API key',
    description: 'What the key may do, when it ends and when it was last used, but never its secret.',
    tags: ['API keys'],
    success: { 200: 'The key' },
    errors: thingErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  { input: z.strictObject({ id: apiKeyId }), output: apiKey },
);
