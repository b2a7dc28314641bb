import { z } from 'zod';
import { startOutcome } from '../gate/start-outcome.ts';
import { idempotencyHeaders, startErrors, startHeaders } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { uid } from '../shape/ids.ts';
import { prose } from '../shape/text.ts';
import { exactlyOne, operationNames } from './rollback-request.ts';

/** Undoes changes. */
export const startRollbackContract = defineContract(
  {
    method: 'POST',
    path: '/v1/rollbacks',
    operationId: 'startRollback',
    summary: 'Start a rollback',
    description:
      'Undoes everything after a checkpoint, or what operations have done together with all that depends on it, the newest first, as a run of its own with an item for each change. Where something changes between the plan and the run, nothing is undone.',
    tags: ['Rollback'],
    success: {
      201: 'Accepted: a run was made and queued',
      200: 'Deduped: the same rollback is already active',
    },
    errors: { ...startErrors, 404: 'No such checkpoint, or no such operation.' },
    body: 'required',
    dialect: 'native',
    security: 'caller',
    requestHeaders: idempotencyHeaders,
    responseHeaders: startHeaders,
    examples: {
      request: { operations: { operations: ['upcloud_servers'], reason: 'The wrong zone was chosen.' } },
    },
  },
  {
    input: z
      .strictObject({
        checkpointId: uid.optional(),
        operations: operationNames.optional(),
        reason: prose(1_000).meta({ description: 'Why; kept with the run and in the audit' }),
      })
      .refine(({ checkpointId, operations }) => exactlyOne.check(checkpointId, operations), {
        path: ['checkpointId'],
        error: exactlyOne.message,
      }),
    output: startOutcome,
  },
);
