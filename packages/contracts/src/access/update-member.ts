import { roles } from '@signalbox/domain/access/capabilities';
import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { givenEntitlement, member } from './member.ts';

/** Gives a member another role or other tenants. */
export const updateMemberContract = defineContract(
  {
    method: 'PATCH',
    path: '/v1/members/{id}',
    operationId: 'updateMember',
    summary: 'Change a member',
    description:
      'Changes role and tenants; what is left out stays. It counts from their next call on. The last owner stays one, an owner sees all tenants, and nobody gives out more than they hold themselves.',
    tags: ['Members'],
    success: { 200: 'The member as they are now' },
    errors: { ...thingErrors, 409: 'The last owner, or a place above your own.' },
    body: 'required',
    dialect: 'native',
    security: 'caller',
    examples: { request: { promote: { role: 'manager' }, narrow: { tenants: [1, 2] } } },
  },
  {
    input: z
      .strictObject({ id: entityId, role: z.enum(roles).optional(), tenants: givenEntitlement.optional() })
      .refine(({ role, tenants }) => role !== undefined || tenants !== undefined, {
        error: 'must give a role, tenants or both',
      })
      .refine(({ role, tenants }) => role !== 'owner' || tenants === undefined || tenants === 'all', {
        error: 'an owner sees all tenants',
        path: ['tenants'],
      }),
    output: member,
  },
);
