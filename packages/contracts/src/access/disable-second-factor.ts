import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { code, password } from './credentials.ts';
import { secondFactor } from './second-factor.ts';

/** Takes the second factor away. */
export const disableSecondFactorContract = defineContract(
  {
    method: 'POST',
    path: '/v1/account/mfa/disable',
    operationId: 'disableSecondFactor',
    summary: 'Disable your second factor',
    description:
      'Takes your password and a code, or a recovery code. Which of the two was wrong is not told.',
    tags: ['Account'],
    success: { 200: 'Disabled' },
    errors: {
      ...sessionErrors,
      401: 'No valid credential was sent; or the password or the code is wrong, `code_refused`.',
      409: 'You have no second factor.',
    },
    body: 'required',
    examples: { request: { both: { password: 'the long password you have', code: '492039' } } },
    dialect: 'native',
    security: 'person',
  },
  {
    input: z.strictObject({ password, code }),
    output: secondFactor,
  },
);
