import { sessionStatuses } from '@signalbox/domain/onboarding/session';
import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { page, pageQuery } from '../shape/page.ts';
import { sessionSummary } from './session-view.ts';

/** Onboardings of the tenants the caller is entitled to. */
export const listOnboardingSessionsContract = defineContract(
  {
    method: 'GET',
    path: '/v1/onboarding-sessions',
    operationId: 'listOnboardingSessions',
    summary: 'List onboardings',
    description: 'Onboardings of the tenants you are entitled to, the newest first, live and ended.',
    tags: ['Onboarding'],
    success: { 200: 'A page of sessions' },
    errors: sessionErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  {
    input: z.strictObject({
      ...pageQuery,
      tenantId: entityId.optional(),
      status: z.enum(sessionStatuses).optional(),
      assigneeUserId: entityId.optional(),
    }),
    output: page(sessionSummary),
  },
);
