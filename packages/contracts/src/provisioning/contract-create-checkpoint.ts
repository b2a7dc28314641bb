import { z } from 'zod';
import { idempotencyHeaders, sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { envelope } from './batch-envelope.ts';
import { checkpointDescription, checkpointName } from './checkpoint-record.ts';

/** Makes a checkpoint, in the words of the provisioning contract. */
export const contractCreateCheckpointContract = defineContract(
  {
    method: 'POST',
    path: '/rollback/checkpoints',
    operationId: 'createRollbackCheckpoint',
    summary: 'Create checkpoint',
    description: 'Names the present position of the change log, with what stands at it.',
    tags: ['Rollback'],
    success: { 200: 'Checkpoint created' },
    errors: {
      ...sessionErrors,
      409: 'A request with the same `Idempotency-Key` is still in flight.',
      422: 'The `Idempotency-Key` was used before with another body.',
    },
    body: 'required',
    dialect: 'provisioning',
    security: 'caller',
    requestHeaders: idempotencyHeaders,
    examples: { request: { before: { name: 'before the upgrade', description: 'Three servers, all well' } } },
  },
  {
    input: z.object({ name: checkpointName, description: checkpointDescription.optional() }),
    output: envelope(z.uuid().meta({ description: 'Checkpoint ID' })),
  },
);
