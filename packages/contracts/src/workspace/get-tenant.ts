import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { tenantDetail } from './tenant-detail.ts';

/** One tenant, with how much is known of it. */
export const getTenantContract = defineContract(
  {
    method: 'GET',
    path: '/v1/tenants/{id}',
    operationId: 'getTenant',
    summary: 'Get a tenant',
    description: 'One tenant of your workspace, with how much is known of it.',
    tags: ['Tenants'],
    success: { 200: 'The tenant' },
    errors: thingErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  { input: z.strictObject({ id: entityId }), output: tenantDetail },
);
