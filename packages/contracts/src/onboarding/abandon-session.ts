import { z } from 'zod';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { prose } from '../shape/text.ts';
import { editErrors } from './edit-errors.ts';
import { sessionView } from './session-view.ts';

/** Abandon an onboarding. */
export const abandonSessionContract = defineContract(
  {
    method: 'POST',
    path: '/v1/onboarding-sessions/{id}/abandon',
    operationId: 'abandonOnboardingSession',
    summary: 'Abandon an onboarding',
    description:
      'Ends a session that leads nowhere. The tenant, its connections and all evidence stay, and a new session can be opened at any time. A bootstrap that is under way is stopped first.',
    tags: ['Onboarding'],
    success: { 200: 'The session as it is now' },
    errors: {
      ...editErrors,
      409: 'The session is over, somebody else is editing it, or its bootstrap is under way.',
    },
    body: 'required',
    dialect: 'native',
    security: 'caller',
    examples: { request: { why: { reason: 'The customer left' } } },
  },
  { input: z.strictObject({ id: entityId, reason: prose(500) }), output: sessionView },
);
