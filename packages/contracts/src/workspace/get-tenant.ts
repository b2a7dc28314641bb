import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { tenant } from './tenant.ts';

/** One tenant. */
export const getTenantContract = defineContract(
  {
    method: 'GET',
    path: '/v1/tenants/{id}',
    operationId: 'getTenant',
    summary: 'Get a tenant',
    description: 'One tenant of your workspace.',
    tags: ['Tenants'],
    success: { 200: 'The tenant' },
    errors: thingErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  { input: z.strictObject({ id: entityId }), output: tenant },
);
