import { z } from 'zod';
import { idempotencyHeaders, startErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { uid } from '../shape/ids.ts';
import { envelope } from './batch-envelope.ts';
import { exactlyOne, operationNames } from './rollback-request.ts';

/** Undoes changes, in the words of the provisioning contract. */
export const executeRollbackContract = defineContract(
  {
    method: 'POST',
    path: '/rollback/execute',
    operationId: 'executeRollback',
    summary: 'Execute rollback',
    description:
      'Undoes everything after a checkpoint, or what operations have done together with all that depends on it, the newest first. It runs as a task of its own; the answer comes when that has ended, or after 120 seconds with the counts so far and `success: false`. `GET /tasks/{rollback_id}` tells of it afterwards.',
    tags: ['Rollback'],
    success: { 200: 'Rollback executed' },
    errors: {
      ...startErrors,
      404: 'No such checkpoint, or no such operation.',
      409: 'Another rollback or other work holds one of the infras, or there is nothing to undo. Also: a request with the same `Idempotency-Key` is still in flight.',
    },
    body: 'required',
    dialect: 'provisioning',
    security: 'caller',
    requestHeaders: idempotencyHeaders,
    examples: { request: { operations: { operation_ids: ['upcloud_servers'] } } },
  },
  {
    input: z
      .object({
        checkpoint_id: uid.optional().meta({ description: 'Checkpoint ID for full rollback' }),
        operation_ids: operationNames.optional(),
      })
      .refine(({ checkpoint_id, operation_ids }) => exactlyOne.check(checkpoint_id, operation_ids), {
        path: ['checkpoint_id'],
        error: exactlyOne.message,
      }),
    output: envelope(
      z
        .object({
          rollback_id: z.uuid(),
          success: z.boolean(),
          operations_executed: z.int().min(0),
          operations_failed: z.int().min(0),
          duration: z.number().min(0).meta({ description: 'Duration in seconds' }),
        })
        .meta({ id: 'RollbackResult' }),
    ),
  },
);
