import { z } from 'zod';
import { publicErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { code, password, username } from './credentials.ts';

/** Signs in and answers a bearer token, in the envelope of the provisioning contract. */
export const loginContract = defineContract(
  {
    method: 'POST',
    path: '/auth/login',
    operationId: 'login',
    summary: 'User login',
    description:
      'Authenticates a user and answers a bearer token for 15 minutes. An unknown user, a wrong password, a disabled account and a wrong code get the same answer. After the right password of an account with a second factor, a missing `mfa_code` is told: `code` is `mfa_required`. A recovery code is taken as well; each code works once.',
    tags: ['Authentication'],
    success: { 200: 'Login successful' },
    errors: {
      ...publicErrors,
      401: 'Username, password or code is wrong; or the code is missing, `mfa_required`.',
      403: 'The request came from a page of another site.',
    },
    body: 'required',
    dialect: 'provisioning',
    security: 'none',
    responseHeaders: {
      'Set-Cookie': {
        description: 'Remembers the device, so that guesses made elsewhere do not count against it',
        schema: { type: 'string' },
        statuses: [200],
      },
    },
    examples: { request: { demo: { username: 'operator', password: 'signalbox-demo' } } },
  },
  {
    // The contract does not refuse unknown fields here.
    input: z.object({
      username,
      password,
      mfa_code: code.optional().meta({ description: 'Multi-factor authentication code' }),
    }),
    output: z.object({
      success: z.literal(true),
      data: z
        .object({
          token: z.string().meta({ description: 'JWT, to send as `Authorization: Bearer`' }),
          expires_at: z.iso.datetime(),
          user: z.object({
            id: z.uuid(),
            username: z.string(),
            email: z.string().optional(),
            roles: z.array(z.string()),
          }),
        })
        .meta({ id: 'LoginResponse' }),
    }),
  },
);
