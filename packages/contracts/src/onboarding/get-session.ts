import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { sessionView } from './session-view.ts';

/** One onboarding, with everything its wizard shows. */
export const getSessionContract = defineContract(
  {
    method: 'GET',
    path: '/v1/onboarding-sessions/{id}',
    operationId: 'getOnboardingSession',
    summary: 'Get an onboarding',
    description:
      'An onboarding with its tasks, its lock, what is typed so far, what is kept for you, and what you may do. Whoever only reads along asks again every few seconds: no event tells of a lock or of typing.',
    tags: ['Onboarding'],
    success: { 200: 'The session' },
    errors: thingErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  { input: z.strictObject({ id: entityId }), output: sessionView },
);
