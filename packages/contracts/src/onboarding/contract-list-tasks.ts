import { z } from 'zod';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { onboardingFacts, onboardingTaskSummary } from './contract-shapes.ts';

/** The onboarding tasks of a tenant, in the words of the onboarding contract. */
export const contractListTasksContract = defineContract(
  {
    ...onboardingFacts,
    method: 'GET',
    path: '/tenants/{tenantId}/onboarding/tasks',
    operationId: 'listTenantOnboardingTasks',
    summary: 'List onboarding tasks and latest status',
    description:
      'The status of a task is its newest evidence, through the connection of the live session where it has one; `unknown` when there is none or it is more than 24 hours old.',
    success: { 200: 'OK' },
    body: 'none',
  },
  {
    input: z.strictObject({ tenantId: entityId }),
    output: z.array(onboardingTaskSummary),
  },
);
