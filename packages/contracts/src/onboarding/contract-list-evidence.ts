import { z } from 'zod';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { cursor } from '../shape/page.ts';
import { onboardingEvidence, onboardingFacts } from './contract-shapes.ts';
import { onboardingTask } from './session-view.ts';

/** The evidence of a tenant, in the words of the onboarding contract. */
export const contractListEvidenceContract = defineContract(
  {
    ...onboardingFacts,
    method: 'GET',
    path: '/tenants/{tenantId}/onboarding/evidence',
    operationId: 'listTenantOnboardingEvidence',
    summary: 'List onboarding evidence',
    description:
      'What was observed about the tenant, the newest first. Where there is more, `X-Next-Cursor` leads on.',
    success: { 200: 'OK' },
    body: 'none',
    responseHeaders: {
      'X-Next-Cursor': {
        description: 'The `cursor` of the next page, where there is one.',
        schema: { type: 'string' },
        statuses: [200],
      },
    },
  },
  {
    input: z.strictObject({
      tenantId: entityId,
      taskType: onboardingTask.optional(),
      limit: z.int().min(1).max(1_000).default(100),
      cursor: cursor.optional(),
    }),
    output: z.array(onboardingEvidence),
  },
);
