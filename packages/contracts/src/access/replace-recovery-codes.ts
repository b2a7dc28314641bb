import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { recoveryCodes } from './second-factor.ts';

/** Makes new recovery codes. */
export const replaceRecoveryCodesContract = defineContract(
  {
    method: 'POST',
    path: '/v1/account/mfa/recovery-codes',
    operationId: 'replaceRecoveryCodes',
    summary: 'Replace your recovery codes',
    description:
      'Answers ten new codes once; the old ones stop working. Needs a fresh code: `POST /v1/auth/step-up` first.',
    tags: ['Account'],
    success: { 200: 'New codes' },
    errors: {
      ...sessionErrors,
      403: 'No code was given in the last five minutes: `step_up_required`.',
      409: 'You have no second factor.',
    },
    body: 'none',
    dialect: 'native',
    security: 'person',
  },
  {
    input: z.strictObject({}),
    output: z.object({ recoveryCodes }),
  },
);
