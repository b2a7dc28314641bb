import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { invitationSecret } from './invitation.ts';
import { membership } from './me.ts';

/** Takes an invitation with the account one has. */
export const joinWorkspaceContract = defineContract(
  {
    method: 'POST',
    path: '/v1/invitations/join',
    operationId: 'joinWorkspace',
    summary: 'Join with your account',
    description:
      'The signed-in person becomes a member of the workspace, also one who was removed from it. A link works once.',
    tags: ['Members'],
    success: { 201: 'Joined' },
    errors: {
      ...thingErrors,
      404: 'There is no open invitation with this secret.',
      409: 'You are a member already.',
    },
    body: 'required',
    dialect: 'native',
    security: 'person',
  },
  { input: z.strictObject({ secret: invitationSecret }), output: membership },
);
