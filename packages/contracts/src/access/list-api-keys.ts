import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { page, pageQuery } from '../shape/page.ts';
import { apiKey } from './api-key.ts';

/** The keys of the workspace, newest first. */
export const listApiKeysContract = defineContract(
  {
    method: 'GET',
    path: '/v1/api-keys',
    operationId: 'listApiKeys',
    summary: 'List API keys',
    description:
      'The API keys of your workspace, newest first: what each may do, when it ends and when it was last used. No secret is ever listed.',
    tags: ['API keys'],
    success: { 200: 'A page of keys' },
    errors: sessionErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  {
    input: z.strictObject({
      ...pageQuery,
      status: z
        .enum(['active', 'ended'])
        .optional()
        .meta({ description: 'Those that work, or those that are revoked or expired' }),
    }),
    output: page(apiKey),
  },
);
