import { capabilities, roles } from '@signalbox/domain/access/capabilities';
import { capabilityAreas } from '@signalbox/domain/access/capability-words';
import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';

/** A role: what it is for, and how many have it. */
export const roleEntry = z
  .object({ role: z.enum(roles), text: z.string(), members: z.int().min(0) })
  .meta({ id: 'RoleEntry' });

/** A capability in plain words, and the roles that hold it. */
export const capabilityEntry = z
  .object({
    capability: z.enum(capabilities),
    area: z.enum(capabilityAreas),
    label: z.string().meta({ description: 'Completes "can ..."' }),
    roles: z.array(z.enum(roles)),
  })
  .meta({ id: 'CapabilityEntry' });

/** Who can do what: the table of roles and capabilities. */
export const listRolesContract = defineContract(
  {
    method: 'GET',
    path: '/v1/roles',
    operationId: 'listRoles',
    summary: 'Who can do what',
    description:
      'Roles from least to most with the number of members of each, and every capability with the roles that hold it.',
    tags: ['Members'],
    success: { 200: 'Roles and capabilities' },
    errors: sessionErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  {
    input: z.strictObject({}),
    output: z.object({ roles: z.array(roleEntry), capabilities: z.array(capabilityEntry) }),
  },
);
