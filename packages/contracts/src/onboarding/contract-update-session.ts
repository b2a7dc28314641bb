import { z } from 'zod';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { onboardingFacts, onboardingSession } from './contract-shapes.ts';
import { editErrors } from './edit-errors.ts';

/** Changes an onboarding session, in the words of the onboarding contract. */
export const contractUpdateSessionContract = defineContract(
  {
    ...onboardingFacts,
    method: 'PATCH',
    path: '/tenants/{tenantId}/onboarding/session/{sessionId}',
    operationId: 'updateTenantOnboardingSession',
    summary: 'Update onboarding session (step, assignment, handoff)',
    description:
      'Acts as you and takes a free lock. Steps go back freely and forward one at a time, when the tasks of those before are ok or have a warning. `takeover` takes the lock from whoever holds it, with `onboarding.takeover`; what they had typed is kept for them.',
    success: { 200: 'Updated' },
    errors: {
      ...editErrors,
      409: 'Somebody else is editing it, it is over, the step is not ready, or its bootstrap is under way and the step would change.',
    },
    body: 'required',
    examples: { request: { forward: { current_step: 2 }, handoff: { assigned_to_user_id: 2 } } },
  },
  {
    input: z.object({
      tenantId: entityId,
      sessionId: entityId,
      current_step: z.int().min(1).max(5).optional(),
      assigned_to_user_id: entityId.nullable().optional(),
      takeover: z.boolean().nullable().optional(),
    }),
    output: onboardingSession,
  },
);
