import { z } from 'zod';
import { startOutcome } from '../gate/start-outcome.ts';
import { idempotencyHeaders, startErrors, startHeaders } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { onboardingTask } from './session-view.ts';

/** Starts a task from an onboarding. */
export const startTaskContract = defineContract(
  {
    method: 'POST',
    path: '/v1/onboarding-sessions/{id}/tasks/{task}/runs',
    operationId: 'startOnboardingTask',
    summary: 'Start a task of an onboarding',
    description:
      'Passes the start gate, through the connection of the session. Refused (409) while somebody else edits the session and when it is over. Whoever edits it keeps the lock by it.',
    tags: ['Onboarding'],
    success: { 201: 'Accepted: a run was made and queued', 200: 'Deduped: the task is already active' },
    errors: startErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
    requestHeaders: idempotencyHeaders,
    responseHeaders: startHeaders,
  },
  { input: z.strictObject({ id: entityId, task: onboardingTask }), output: startOutcome },
);
