import { z } from 'zod';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { editErrors } from './edit-errors.ts';
import { lockVersion, sessionView } from './session-view.ts';

/** Put back what was kept for you. */
export const restoreDraftContract = defineContract(
  {
    method: 'POST',
    path: '/v1/onboarding-sessions/{id}/restore-draft',
    operationId: 'restoreOnboardingDraft',
    summary: 'Put back what was kept for you',
    description:
      'Writes what you had typed when somebody else took the lock into the draft, over what stands in those fields now.',
    tags: ['Onboarding'],
    success: { 200: 'The session as it is now' },
    errors: {
      ...editErrors,
      409: 'The session is over, somebody else has edited it, or nothing is kept for you.',
    },
    body: 'required',
    dialect: 'native',
    security: 'caller',
    examples: { request: { present: { lockVersion: 3 } } },
  },
  { input: z.strictObject({ id: entityId, lockVersion }), output: sessionView },
);
