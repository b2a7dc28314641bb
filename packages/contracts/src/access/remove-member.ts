import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { member } from './member.ts';

/** Ends a membership. */
export const removeMemberContract = defineContract(
  {
    method: 'DELETE',
    path: '/v1/members/{id}',
    operationId: 'removeMember',
    summary: 'Remove a member',
    description:
      'From their next call on the workspace does not exist for this person, and their open streams of it end. Runs go on; work they planned that has not begun is not started. Their account and other workspaces stay. They can be invited again.',
    tags: ['Members'],
    success: { 200: 'The member as they were' },
    errors: { ...thingErrors, 409: 'The last owner, or somebody with a place above your own.' },
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  { input: z.strictObject({ id: entityId }), output: member },
);
