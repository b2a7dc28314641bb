import { z } from 'zod';
import { publicErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { newUsername, password } from './credentials.ts';
import { email, invitationSecret } from './invitation.ts';
import { me } from './me.ts';

/** Takes an invitation as somebody new: makes the account, joins the workspace and signs in. */
export const acceptInvitationContract = defineContract(
  {
    method: 'POST',
    path: '/v1/invitations/accept',
    operationId: 'acceptInvitation',
    summary: 'Join as somebody new',
    description:
      'Makes an account, joins the workspace and sets the session cookie, all or nothing. A link works once. Who has an account signs in and uses `POST /v1/invitations/join`.',
    tags: ['Members'],
    success: { 201: 'Joined and signed in' },
    errors: {
      ...publicErrors,
      403: 'The request came from another site.',
      404: 'There is no open invitation with this secret.',
      409: 'The username is taken.',
    },
    body: 'required',
    dialect: 'native',
    security: 'none',
    responseHeaders: {
      'Set-Cookie': { description: 'The session cookie', schema: { type: 'string' }, statuses: [201] },
    },
  },
  {
    input: z.strictObject({
      secret: invitationSecret,
      username: newUsername,
      email: email.optional().meta({ description: 'Left out: the one the invitation was made out to' }),
      password,
    }),
    output: me,
  },
);
