import { serverProviders } from '@signalbox/domain/connection/providers';
import { z } from 'zod';
import { startOutcome } from '../gate/start-outcome.ts';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { uid } from '../shape/ids.ts';
import { exactlyOne, operationNames } from './rollback-request.ts';

const seq = z.int().min(0).meta({ description: 'Number of a change in the log of the workspace' });

/** One change as it would be undone. */
export const rollbackStep = z
  .object({
    change: seq,
    label: z.string().meta({ description: 'What would be done', example: 'Remove server web-01' }),
    infra: z.string(),
    kind: z.enum(['server', 'taskserv', 'cluster']),
    name: z.string(),
    provider: z.enum(serverProviders),
    because: seq.optional().meta({ description: 'Not chosen, but rests on this change, which was' }),
    problem: z.string().optional().meta({ description: 'Why it cannot be undone' }),
    warning: z.string().optional().meta({ description: 'What does not come back, or goes for good' }),
  })
  .meta({ id: 'RollbackStep' });

/** What a rollback would do. */
export const rollbackPreview = z
  .object({
    steps: z.array(rollbackStep).meta({ description: 'In the order in which they would be done' }),
    infras: z.array(z.string()).meta({ description: 'Held meanwhile' }),
    possible: z.int().min(0),
    impossible: z.int().min(0),
    usualSeconds: z
      .int()
      .min(0)
      .optional()
      .meta({ description: 'How long so many changes usually take, from earlier work' }),
    start: startOutcome.optional().meta({ description: 'What the start gate would answer now' }),
    checkpoint: z.object({ id: uid, name: z.string() }).optional(),
  })
  .meta({ id: 'RollbackPreview' });
export type RollbackPreview = z.infer<typeof rollbackPreview>;

/** Says what a rollback would do. */
export const previewRollbackContract = defineContract(
  {
    method: 'POST',
    path: '/v1/rollbacks/preview',
    operationId: 'previewRollback',
    summary: 'Preview a rollback',
    description:
      'The changes that would be undone, in their order: those that were chosen, what depends on them, and what cannot be undone. Nothing is written.',
    tags: ['Rollback'],
    success: { 200: 'What would be done' },
    errors: { ...thingErrors, 404: 'No such checkpoint, or no such operation.' },
    body: 'required',
    dialect: 'native',
    security: 'caller',
    examples: { request: { operations: { operations: ['upcloud_servers'] } } },
  },
  {
    input: z
      .strictObject({ checkpointId: uid.optional(), operations: operationNames.optional() })
      .refine(({ checkpointId, operations }) => exactlyOne.check(checkpointId, operations), {
        path: ['checkpointId'],
        error: exactlyOne.message,
      }),
    output: rollbackPreview,
  },
);
