import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { page, pageQuery } from '../shape/page.ts';
import { tenant } from './tenant.ts';

/** Tenants of the workspace the caller is entitled to, by name. */
export const listTenantsContract = defineContract(
  {
    method: 'GET',
    path: '/v1/tenants',
    operationId: 'listTenants',
    summary: 'List tenants',
    description: 'Tenants of your workspace that you are entitled to, by name.',
    tags: ['Tenants'],
    success: { 200: 'A page of tenants' },
    errors: sessionErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  { input: z.strictObject(pageQuery), output: page(tenant) },
);
