import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { tenant, tenantName } from './tenant.ts';

/** Renames a tenant. */
export const updateTenantContract = defineContract(
  {
    method: 'PATCH',
    path: '/v1/tenants/{id}',
    operationId: 'updateTenant',
    summary: 'Rename a tenant',
    description: 'Gives a tenant another name. Its external id stays, and so does every link.',
    tags: ['Tenants'],
    success: { 200: 'The tenant as it is now' },
    errors: thingErrors,
    body: 'required',
    dialect: 'native',
    security: 'caller',
    examples: { request: { rename: { name: 'Contoso Europe' } } },
  },
  { input: z.strictObject({ id: entityId, name: tenantName }), output: tenant },
);
