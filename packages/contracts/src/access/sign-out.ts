import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';

/** Ends the session of the credential that was sent. */
export const signOutContract = defineContract(
  {
    method: 'POST',
    path: '/v1/auth/sign-out',
    operationId: 'signOut',
    summary: 'Sign out',
    description: 'Ends the session whose credential was sent and clears the cookie.',
    tags: ['Session'],
    success: { 200: 'Signed out' },
    errors: sessionErrors,
    body: 'none',
    dialect: 'native',
    security: 'person',
    responseHeaders: {
      'Set-Cookie': { description: 'Clears the session cookie', schema: { type: 'string' }, statuses: [200] },
    },
  },
  { input: z.strictObject({}), output: z.object({ signedOut: z.literal(true) }) },
);
