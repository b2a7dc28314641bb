import { z } from 'zod';
import { publicErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { password, username } from './credentials.ts';
import { me } from './me.ts';

/** Signs the console in: the answer sets the session cookie. */
export const signInContract = defineContract(
  {
    method: 'POST',
    path: '/v1/auth/sign-in',
    operationId: 'signIn',
    summary: 'Sign in to the console',
    description:
      'Sets an HttpOnly session cookie. For programs, `POST /auth/login` answers a bearer token instead. An unknown user and a wrong password get the same answer.',
    tags: ['Session'],
    success: { 200: 'Signed in' },
    errors: {
      ...publicErrors,
      401: 'Username or password is wrong.',
      403: 'The request came from another site.',
    },
    body: 'required',
    dialect: 'native',
    security: 'none',
    responseHeaders: {
      'Set-Cookie': { description: 'The session cookie', schema: { type: 'string' }, statuses: [200] },
    },
    examples: { request: { demo: { username: 'operator', password: 'signalbox-demo' } } },
  },
  { input: z.strictObject({ username, password }), output: me },
);
