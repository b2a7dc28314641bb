import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';

/** Ends one session of the caller. */
export const revokeSessionContract = defineContract(
  {
    method: 'DELETE',
    path: '/v1/account/sessions/{id}',
    operationId: 'revokeSession',
    summary: 'End one of your sessions',
    description:
      'Its cookie and its tokens stop working at once, and its open streams end. Ending the session of this call is signing out.',
    tags: ['Account'],
    success: { 200: 'Ended' },
    errors: thingErrors,
    body: 'none',
    dialect: 'native',
    security: 'person',
  },
  { input: z.strictObject({ id: entityId }), output: z.object({ ended: z.literal(true) }) },
);
