import { idempotencyHeaders, sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { newTenant, tenant } from './tenant.ts';

/** Adds a tenant to the workspace. */
export const createTenantContract = defineContract(
  {
    method: 'POST',
    path: '/v1/tenants',
    operationId: 'createTenant',
    summary: 'Add a tenant',
    description:
      'Adds an environment that the workspace looks after. Who sees some tenants only sees the one they add; other members with a list of tenants see it when they are given it.',
    tags: ['Tenants'],
    success: { 201: 'Added' },
    errors: {
      ...sessionErrors,
      409: 'The external id is taken in this workspace. Also: a request with the same `Idempotency-Key` is still in flight.',
      422: 'The `Idempotency-Key` was used before with another body.',
    },
    body: 'required',
    dialect: 'native',
    security: 'caller',
    requestHeaders: idempotencyHeaders,
    responseHeaders: {
      Location: {
        description: 'Where the tenant can be read.',
        schema: { type: 'string', format: 'uri-reference' },
        statuses: [201],
      },
    },
    examples: { request: { contoso: { externalId: 'contoso.example', name: 'Contoso Ltd' } } },
  },
  { input: newTenant, output: tenant },
);
