import { z } from 'zod';
import { publicErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { code, password, username } from './credentials.ts';
import { invitationSecret } from './invitation.ts';
import { me } from './me.ts';

/** Signs the console in: the answer sets the session cookie. */
export const signInContract = defineContract(
  {
    method: 'POST',
    path: '/v1/auth/sign-in',
    operationId: 'signIn',
    summary: 'Sign in to the console',
    description:
      'Sets an HttpOnly session cookie. For programs, `POST /auth/login` answers a bearer token instead. An unknown user, a wrong password and a wrong code get the same answer; only after the right password, a missing code is told as `mfa_required`. `mfaCode` takes a code of the authenticator or a recovery code; each works once.',
    tags: ['Session'],
    success: { 200: 'Signed in' },
    errors: {
      ...publicErrors,
      401: 'Username, password or code is wrong; or the code is missing, `mfa_required`.',
      403: 'The request came from another site.',
    },
    body: 'required',
    dialect: 'native',
    security: 'none',
    responseHeaders: {
      'Set-Cookie': {
        description: 'The session cookie, and one that remembers the device for the limits',
        schema: { type: 'string' },
        statuses: [200],
      },
    },
    examples: { request: { demo: { username: 'operator', password: 'signalbox-demo' } } },
  },
  {
    input: z.strictObject({
      username,
      password,
      mfaCode: code.optional(),
      invitation: invitationSecret.optional().meta({
        description:
          'The secret of an open invitation: signs in and joins its workspace, also somebody who belongs to none',
      }),
    }),
    output: me,
  },
);
