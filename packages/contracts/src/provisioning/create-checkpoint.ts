import { z } from 'zod';
import { idempotencyHeaders, sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { checkpointDescription, checkpointName, checkpointSummary } from './checkpoint-record.ts';

/** Makes a checkpoint. */
export const createCheckpointContract = defineContract(
  {
    method: 'POST',
    path: '/v1/checkpoints',
    operationId: 'createCheckpoint',
    summary: 'Make a checkpoint',
    description: 'Names the present position of the change log, with what stands at it.',
    tags: ['Rollback'],
    success: { 201: 'Made' },
    errors: {
      ...sessionErrors,
      409: 'A request with the same `Idempotency-Key` is still in flight.',
      422: 'The `Idempotency-Key` was used before with another body.',
    },
    body: 'required',
    dialect: 'native',
    security: 'caller',
    requestHeaders: idempotencyHeaders,
    responseHeaders: {
      Location: {
        description: 'Where the checkpoint can be read.',
        schema: { type: 'string', format: 'uri-reference' },
        statuses: [201],
      },
    },
    examples: { request: { before: { name: 'before the upgrade' } } },
  },
  {
    input: z.strictObject({ name: checkpointName, description: checkpointDescription.optional() }),
    output: checkpointSummary,
  },
);
