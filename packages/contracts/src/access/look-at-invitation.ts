import { z } from 'zod';
import { publicErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { invitationSecret, openInvitation } from './invitation.ts';

/** Tells the holder of a link what it offers. */
export const lookAtInvitationContract = defineContract(
  {
    method: 'POST',
    path: '/v1/invitations/look',
    operationId: 'lookAtInvitation',
    summary: 'Look at an invitation',
    description:
      'What the link offers, to whoever holds it. A POST, so that the secret stands in no URL. Accepted, expired, revoked and unknown are one answer.',
    tags: ['Members'],
    success: { 200: 'The open invitation' },
    errors: {
      ...publicErrors,
      403: 'The request came from another site.',
      404: 'There is no open invitation with this secret.',
    },
    body: 'required',
    dialect: 'native',
    security: 'none',
  },
  { input: z.strictObject({ secret: invitationSecret }), output: openInvitation },
);
