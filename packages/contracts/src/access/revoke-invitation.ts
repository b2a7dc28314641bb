import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { invitation } from './invitation.ts';

/** Takes an invitation back. */
export const revokeInvitationContract = defineContract(
  {
    method: 'DELETE',
    path: '/v1/invitations/{id}',
    operationId: 'revokeInvitation',
    summary: 'Take an invitation back',
    description: 'Its link stops working at once. One that was accepted is a membership: remove the member.',
    tags: ['Members'],
    success: { 200: 'The invitation as it is now' },
    errors: { ...thingErrors, 409: 'Somebody has accepted it, or it was taken back before.' },
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  { input: z.strictObject({ id: entityId }), output: invitation },
);
