import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';

/** Ends all sessions of the caller but this one. */
export const revokeOtherSessionsContract = defineContract(
  {
    method: 'POST',
    path: '/v1/account/sessions/revoke-others',
    operationId: 'revokeOtherSessions',
    summary: 'End your other sessions',
    description: 'Ends every session of yours but the one of this call.',
    tags: ['Account'],
    success: { 200: 'Ended' },
    errors: sessionErrors,
    body: 'none',
    dialect: 'native',
    security: 'person',
  },
  { input: z.strictObject({}), output: z.object({ ended: z.int().min(0) }) },
);
