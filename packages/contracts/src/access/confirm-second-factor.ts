import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { code } from './credentials.ts';
import { recoveryCodes } from './second-factor.ts';

/** Turns the offered secret into the second factor. */
export const confirmSecondFactorContract = defineContract(
  {
    method: 'POST',
    path: '/v1/account/mfa/confirm',
    operationId: 'confirmSecondFactor',
    summary: 'Enable your second factor',
    description:
      'Proves with a code that the authenticator has the secret that was offered. From now on sign-in asks for a code. Your other sessions end, since they were opened without one. The code counts as used.',
    tags: ['Account'],
    success: { 200: 'Enabled' },
    errors: {
      ...sessionErrors,
      401: 'No valid credential was sent; or the code is wrong, `code_refused`.',
      409: 'No secret was offered, or you have a second factor already.',
    },
    body: 'required',
    examples: { request: { code: { code: '492039' } } },
    dialect: 'native',
    security: 'person',
  },
  {
    input: z.strictObject({ code }),
    output: z.object({
      recoveryCodes,
      endedSessions: z.int().min(0).meta({ description: 'Other sessions that were ended' }),
    }),
  },
);
