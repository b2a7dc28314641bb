import { z } from 'zod';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { editErrors } from './edit-errors.ts';
import { sessionView } from './session-view.ts';

/** Let go of what was kept for you. */
export const dismissDraftContract = defineContract(
  {
    method: 'POST',
    path: '/v1/onboarding-sessions/{id}/dismiss-draft',
    operationId: 'dismissOnboardingDraft',
    summary: 'Let go of what was kept for you',
    description: 'What you had typed when somebody else took the lock is no longer offered.',
    tags: ['Onboarding'],
    success: { 200: 'The session as it is now' },
    errors: editErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  { input: z.strictObject({ id: entityId }), output: sessionView },
);
