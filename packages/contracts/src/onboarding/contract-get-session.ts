import { z } from 'zod';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { onboardingFacts, onboardingSession } from './contract-shapes.ts';

/** The live onboarding session of a tenant, in the words of the onboarding contract. */
export const contractGetSessionContract = defineContract(
  {
    ...onboardingFacts,
    method: 'GET',
    path: '/tenants/{tenantId}/onboarding/session',
    operationId: 'getTenantOnboardingSession',
    summary: 'Get current onboarding session (or null)',
    description:
      'The session that is neither completed nor abandoned; null where the tenant has none. The lock is told while it lasts.',
    success: { 200: 'OK' },
    body: 'none',
  },
  {
    input: z.strictObject({ tenantId: entityId }),
    output: z.object({ session: onboardingSession.nullable() }).meta({ id: 'OnboardingSessionResponse' }),
  },
);
