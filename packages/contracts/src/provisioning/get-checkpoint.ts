import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { uid } from '../shape/ids.ts';
import { checkpointRecord } from './checkpoint-record.ts';

/** One checkpoint. */
export const getCheckpointContract = defineContract(
  {
    method: 'GET',
    path: '/v1/checkpoints/{id}',
    operationId: 'getCheckpoint',
    summary: 'Read a checkpoint',
    description: 'A checkpoint with everything that stood when it was made.',
    tags: ['Rollback'],
    success: { 200: 'The checkpoint' },
    errors: thingErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  { input: z.strictObject({ id: uid }), output: checkpointRecord },
);
