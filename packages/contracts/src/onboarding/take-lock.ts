import { z } from 'zod';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { prose } from '../shape/text.ts';
import { editErrors } from './edit-errors.ts';
import { sessionView } from './session-view.ts';

/** Take, renew or take over the lock of an onboarding. */
export const takeLockContract = defineContract(
  {
    method: 'POST',
    path: '/v1/onboarding-sessions/{id}/lock',
    operationId: 'takeOnboardingLock',
    summary: 'Take, renew or take over the lock of an onboarding',
    description:
      'Whoever edits an onboarding holds its lock for ten minutes from their last deed. A free lock goes to anybody who may edit; asking again renews your own. That of somebody else is only given with `takeover`, a reason and `onboarding.takeover`: what they had typed is kept for them, and the audit names both.',
    tags: ['Onboarding'],
    success: { 200: 'The session as it is now' },
    errors: { ...editErrors, 409: 'The session is over, or somebody else is editing it.' },
    body: 'optional',
    dialect: 'native',
    security: 'caller',
    examples: { request: { take: {}, takeover: { takeover: true, reason: 'The night shift goes on' } } },
  },
  {
    input: z
      .strictObject({ id: entityId, takeover: z.boolean().default(false), reason: prose(500).optional() })
      .refine(({ takeover, reason }) => !takeover || reason !== undefined, {
        path: ['reason'],
        error: 'must say why it is taken over',
      }),
    output: sessionView,
  },
);
