import { z } from 'zod';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { editErrors } from './edit-errors.ts';
import { sessionDraft } from './session-draft.ts';
import { lockVersion, sessionView } from './session-view.ts';

/** Changes an onboarding under its lock. */
export const updateSessionContract = defineContract(
  {
    method: 'PATCH',
    path: '/v1/onboarding-sessions/{id}',
    operationId: 'updateOnboardingSession',
    summary: 'Change an onboarding',
    description:
      'Takes the lock when it is free and renews your own. `lockVersion` fences: once the lock has changed hands, a change under the older version is 409 and changes nothing, and the draft it carried is kept for you. `draft` replaces what was typed so far. Steps go back freely and forward one at a time, when what they need is there. Another connection leads back to step 2, since what was verified was verified through the one before. While the bootstrap is under way, step and connection stay.',
    tags: ['Onboarding'],
    success: { 200: 'The session as it is now' },
    errors: {
      ...editErrors,
      409: 'The session is over, somebody else is or was editing it, the step is not ready, or its bootstrap is under way and step or connection would change (`bootstrap_under_way`).',
    },
    body: 'required',
    dialect: 'native',
    security: 'caller',
    examples: {
      request: {
        typing: { lockVersion: 3, draft: { notes: 'Their change window is on Sundays.' } },
        forward: { lockVersion: 3, step: 2 },
      },
    },
  },
  {
    input: z.strictObject({
      id: entityId,
      lockVersion,
      step: z.int().min(1).max(5).optional(),
      draft: sessionDraft.optional(),
      connectionId: entityId.optional().meta({ description: 'A connection of the tenant' }),
      assigneeUserId: entityId
        .nullable()
        .optional()
        .meta({ description: 'A member who sees the tenant; null for nobody' }),
    }),
    output: sessionView,
  },
);
