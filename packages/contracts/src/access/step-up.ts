import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { moment } from '../shape/time.ts';
import { code } from './credentials.ts';

/** Marks the session: a code was given in it now. */
export const stepUpContract = defineContract(
  {
    method: 'POST',
    path: '/v1/auth/step-up',
    operationId: 'stepUp',
    summary: 'Give a fresh code',
    description:
      'Dangerous verbs of a person with a second factor need a code given in the same session within the last five minutes; without it they answer 403 `step_up_required`. Takes a code of the authenticator or a recovery code; each works once.',
    tags: ['Session'],
    success: { 200: 'The session is marked' },
    errors: {
      ...sessionErrors,
      401: 'No valid credential was sent; or the code is wrong, `code_refused`.',
      409: 'You have no second factor, so no code is needed.',
    },
    body: 'required',
    examples: { request: { code: { mfa_code: '492039' } } },
    dialect: 'native',
    security: 'person',
  },
  {
    input: z.strictObject({ mfa_code: code }),
    output: z.object({ freshUntil: moment }),
  },
);
