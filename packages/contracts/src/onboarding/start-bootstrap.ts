import { z } from 'zod';
import { startOutcome } from '../gate/start-outcome.ts';
import { idempotencyHeaders, startErrors, startHeaders } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { bootstrapOperations } from './bootstrap-operations.ts';
import { bootstrapView } from './bootstrap-view.ts';

/** What was answered to the first operation, and what waits behind it. */
export const bootstrapOutcome = startOutcome
  .extend({
    acceptedOperation: z
      .string()
      .nullable()
      .meta({ description: 'The operation that is under way; null when there is none' }),
    pendingOperations: z.array(z.string()).meta({ description: 'What waits behind it, in order' }),
    bootstrap: bootstrapView.optional(),
  })
  .meta({ id: 'BootstrapOutcome' });
export type BootstrapOutcome = z.infer<typeof bootstrapOutcome>;

/** Starts the first work on a tenant that is being onboarded. */
export const startBootstrapContract = defineContract(
  {
    method: 'POST',
    path: '/v1/onboarding-sessions/{id}/bootstrap',
    operationId: 'startBootstrap',
    summary: 'Start the bootstrap of an onboarding',
    description:
      'Asks the start gate for the first operation at once; the others wait behind it and are started one after the other, each when the one before has succeeded. The first that does not succeed stops the rest. When all have succeeded, the onboarding is completed. The same bootstrap that is under way is `deduped` (200); while another one is, or while the session is not at step 5, is over, is edited by somebody else, or what was verified does not hold any more, it is refused (409). Needs `onboarding.edit` and the capability of each operation.',
    tags: ['Onboarding'],
    success: {
      201: 'Accepted: the first operation was queued and the others wait',
      200: 'Deduped: the first operation, or the whole bootstrap, is already active',
    },
    errors: {
      ...startErrors,
      403: 'The caller may see the session but lacks one of the capabilities, or is an API key that acts for no person (`person_required`).',
    },
    body: 'required',
    dialect: 'native',
    security: 'caller',
    requestHeaders: idempotencyHeaders,
    responseHeaders: startHeaders,
    examples: { request: { all: { operations: ['directory.groups.sync', 'inventory.sync'] } } },
  },
  {
    input: z.strictObject({
      id: entityId,
      connectionId: entityId
        .optional()
        .meta({ description: 'The connection of all operations; left out: that of the session' }),
      operations: bootstrapOperations,
    }),
    output: bootstrapOutcome,
  },
);
