import { z } from 'zod';
import { publicErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';

/** Whether the process should be left running. Asks nothing of the database. */
export const livezContract = defineContract(
  {
    method: 'GET',
    path: '/livez',
    operationId: 'livez',
    summary: 'Liveness',
    description: 'The event loop turns. Restart the process when this does not answer.',
    tags: ['Health'],
    success: { 200: 'Alive' },
    errors: publicErrors,
    body: 'none',
    dialect: 'native',
    security: 'none',
  },
  { input: z.strictObject({}), output: z.object({ status: z.literal('alive') }) },
);
