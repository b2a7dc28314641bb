import { z } from 'zod';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { editErrors } from './edit-errors.ts';
import { sessionView } from './session-view.ts';

/** Open or resume the onboarding of a tenant. */
export const openSessionContract = defineContract(
  {
    method: 'POST',
    path: '/v1/tenants/{id}/onboarding-session',
    operationId: 'openOnboardingSession',
    summary: 'Open or resume the onboarding of a tenant',
    description:
      'A tenant has one live session at most: the one it has is resumed (200), otherwise one is opened (201). It takes no lock; the first change does.',
    tags: ['Onboarding'],
    success: { 201: 'Opened', 200: 'Resumed: the tenant has a live session' },
    errors: editErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
    responseHeaders: {
      Location: {
        description: 'Where the session can be read.',
        schema: { type: 'string', format: 'uri-reference' },
        statuses: [201],
      },
    },
  },
  { input: z.strictObject({ id: entityId }), output: sessionView },
);
