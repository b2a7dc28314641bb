import { z } from 'zod';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { editErrors } from './edit-errors.ts';
import { sessionView } from './session-view.ts';

/** Give the lock of an onboarding back. */
export const releaseLockContract = defineContract(
  {
    method: 'POST',
    path: '/v1/onboarding-sessions/{id}/release',
    operationId: 'releaseOnboardingLock',
    summary: 'Give the lock of an onboarding back',
    description:
      'Lets somebody else edit. What is still under way under the old version of the lock is refused from now on.',
    tags: ['Onboarding'],
    success: { 200: 'The session as it is now' },
    errors: { ...editErrors, 409: 'The session is over, or somebody else is editing it.' },
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  { input: z.strictObject({ id: entityId }), output: sessionView },
);
