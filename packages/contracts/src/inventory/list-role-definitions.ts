import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { page } from '../shape/page.ts';
import { moment } from '../shape/time.ts';
import { seenQuery } from './presence.ts';

/** Where a role definition comes from. */
export const roleSource = z.enum(['entra', 'intune']);

/** A role definition as last seen at the provider. */
export const roleDefinition = z
  .object({
    id: entityId,
    roleDefinitionId: z.string().meta({ description: 'Id of the role definition at the provider' }),
    source: roleSource,
    name: z.string(),
    description: z.string().optional(),
    builtIn: z.boolean(),
    permissions: z.array(z.string()).meta({ description: 'What it allows, in the provider’s words' }),
    lastSeenAt: moment,
    removedAt: moment
      .optional()
      .meta({ description: 'When a sync found it gone; left out while it is there' }),
  })
  .meta({ id: 'RoleDefinition' });
export type RoleDefinition = z.infer<typeof roleDefinition>;

/** Role definitions of a tenant, by name. */
export const listRoleDefinitionsContract = defineContract(
  {
    method: 'GET',
    path: '/v1/role-definitions',
    operationId: 'listRoleDefinitions',
    summary: 'List role definitions',
    description: 'Role definitions of Entra and of Intune in a tenant as last seen at the provider, by name.',
    tags: ['Inventory'],
    success: { 200: 'A page of role definitions' },
    errors: { ...sessionErrors, 404: 'No such tenant, or none the caller may see.' },
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  {
    input: z.strictObject({
      ...seenQuery('without'),
      source: roleSource.optional(),
    }),
    output: page(roleDefinition),
  },
);
