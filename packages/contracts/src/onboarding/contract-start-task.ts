import { z } from 'zod';
import { idempotencyHeaders, startErrors, startHeaders } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { onboardingFacts, operationRunLink } from './contract-shapes.ts';

/** Starts an onboarding task, in the words of the onboarding contract. */
export const contractStartTaskContract = defineContract(
  {
    ...onboardingFacts,
    method: 'POST',
    path: '/tenants/{tenantId}/onboarding/tasks/{taskType}/runs',
    operationId: 'startTenantOnboardingTask',
    summary: 'Start onboarding task (OperationRun-backed)',
    description:
      'Passes the start gate, through the connection of the live session where it has one. The same task that is active already is answered as its run. An unknown task is 404.',
    success: { 201: 'Run created (or reused)' },
    errors: {
      ...startErrors,
      409: 'Other work holds the scope, somebody else edits the onboarding, or something must be put right first: `error` says which. Also: a request with the same `Idempotency-Key` is still in flight.',
    },
    body: 'none',
    requestHeaders: idempotencyHeaders,
    responseHeaders: { Location: startHeaders.Location, 'Retry-After': startHeaders['Retry-After'] },
  },
  {
    input: z.object({
      tenantId: entityId,
      // Asked after visibility: an unknown one is 404.
      taskType: z.string().min(1).meta({ example: 'onboarding.consent.verify' }),
    }),
    output: operationRunLink,
  },
);
