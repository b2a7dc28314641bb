import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { moment } from '../shape/time.ts';
import { envelope } from './batch-envelope.ts';

/** The newest checkpoints, in the words of the provisioning contract. */
export const contractListCheckpointsContract = defineContract(
  {
    method: 'GET',
    path: '/rollback/checkpoints',
    operationId: 'listRollbackCheckpoints',
    summary: 'List checkpoints',
    description:
      'The newest 100 checkpoints of the workspace. `GET /v1/checkpoints` gives all of them, page by page.',
    tags: ['Rollback'],
    success: { 200: 'List of checkpoints' },
    errors: sessionErrors,
    body: 'none',
    dialect: 'provisioning',
    security: 'caller',
  },
  {
    input: z.strictObject({}),
    output: envelope(
      z.array(
        z
          .object({
            id: z.uuid(),
            name: z.string(),
            description: z.string().optional(),
            created_at: moment,
            size: z.string().meta({ description: 'Of what it holds', example: '1.2KB' }),
          })
          .meta({ id: 'Checkpoint' }),
      ),
    ),
  },
);
