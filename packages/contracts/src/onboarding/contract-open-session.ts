import { z } from 'zod';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { onboardingFacts, onboardingSession, sessionLocation } from './contract-shapes.ts';
import { editErrors } from './edit-errors.ts';

/** Opens or resumes the onboarding session of a tenant, in the words of the onboarding contract. */
export const contractOpenSessionContract = defineContract(
  {
    ...onboardingFacts,
    method: 'POST',
    path: '/tenants/{tenantId}/onboarding/session',
    operationId: 'openTenantOnboardingSession',
    summary: 'Create (or resume) onboarding session',
    description:
      'A tenant has one live session at most: the one it has is resumed, otherwise one is opened. A free lock is taken; where somebody else is editing, the session is answered as it is.',
    success: { 201: 'Created or resumed' },
    errors: editErrors,
    body: 'none',
    responseHeaders: sessionLocation,
  },
  {
    input: z.object({ tenantId: entityId }),
    output: onboardingSession,
  },
);
