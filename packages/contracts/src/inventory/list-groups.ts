import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { page } from '../shape/page.ts';
import { moment } from '../shape/time.ts';
import { seenQuery } from './presence.ts';

/** A group as last seen at the provider; never who belongs to it. */
export const group = z
  .object({
    id: entityId,
    groupId: z.string().meta({ description: 'Id of the group at the provider' }),
    name: z.string(),
    description: z.string().optional(),
    mail: z.string().optional(),
    mailEnabled: z.boolean().optional(),
    securityEnabled: z.boolean().optional(),
    kinds: z
      .array(z.string())
      .meta({ description: 'The provider’s words, such as `Unified` or `DynamicMembership`' }),
    lastSeenAt: moment,
    removedAt: moment
      .optional()
      .meta({ description: 'When a sync found it gone; left out while it is there' }),
  })
  .meta({ id: 'Group' });
export type Group = z.infer<typeof group>;

/** Groups of a tenant's directory, by name. */
export const listGroupsContract = defineContract(
  {
    method: 'GET',
    path: '/v1/groups',
    operationId: 'listGroups',
    summary: 'List groups',
    description: 'Groups of a tenant as last seen at the provider, by name. Metadata only.',
    tags: ['Inventory'],
    success: { 200: 'A page of groups' },
    errors: { ...sessionErrors, 404: 'No such tenant, or none the caller may see.' },
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  {
    input: z.strictObject({
      ...seenQuery('without'),
    }),
    output: page(group),
  },
);
