import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { moment } from '../shape/time.ts';
import { newPassword, password } from './credentials.ts';

/** Puts a new password in the place of the current one. */
export const changePasswordContract = defineContract(
  {
    method: 'POST',
    path: '/v1/account/password',
    operationId: 'changePassword',
    summary: 'Change your password',
    description:
      'Ends all your other sessions and gives this one new credentials: another cookie, or for a session with a bearer token the token in the answer.',
    tags: ['Account'],
    success: { 200: 'Changed' },
    errors: sessionErrors,
    body: 'required',
    dialect: 'native',
    security: 'person',
    responseHeaders: {
      'Set-Cookie': { description: 'The next session cookie', schema: { type: 'string' }, statuses: [200] },
    },
    examples: { request: { change: { current: 'the old long password', next: 'another long password' } } },
  },
  {
    input: z.strictObject({ current: password, next: newPassword }),
    output: z.object({
      endedSessions: z.int().min(0).meta({ description: 'Other sessions that were ended' }),
      token: z
        .object({ token: z.string(), expiresAt: moment })
        .nullable()
        .meta({ description: 'The next bearer token, where this session has one' }),
    }),
  },
);
