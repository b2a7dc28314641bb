import { evidenceStatuses } from '@signalbox/domain/onboarding/evidence';
import { sessionStatuses } from '@signalbox/domain/onboarding/session';
import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { entityId } from '../shape/ids.ts';
import { jsonObject } from '../shape/json.ts';
import { moment } from '../shape/time.ts';

/** The shapes of the onboarding contract, in its words. What it calls nullable is sent as null. */

const status = z.enum(evidenceStatuses);
const step = z.int().min(1).max(5);

export const onboardingSession = z
  .object({
    id: entityId,
    tenant_id: entityId,
    provider_connection_id: entityId.nullable(),
    status: z.enum(sessionStatuses),
    current_step: step,
    assigned_to_user_id: entityId.nullable(),
    locked_by_user_id: entityId.nullable(),
    locked_until: moment.nullable(),
  })
  .meta({ id: 'OnboardingSession' });
export type OnboardingSession = z.infer<typeof onboardingSession>;

export const onboardingTaskSummary = z
  .object({
    task_type: z.string().meta({ example: 'onboarding.consent.verify' }),
    status,
    reason_code: z.string().nullable(),
    message: z.string().nullable(),
    last_run_id: entityId.nullable(),
  })
  .meta({ id: 'OnboardingTaskSummary' });
export type OnboardingTaskSummary = z.infer<typeof onboardingTaskSummary>;

export const onboardingEvidence = z
  .object({
    id: entityId,
    tenant_id: entityId,
    onboarding_session_id: entityId.nullable(),
    provider_connection_id: entityId.nullable(),
    task_type: z.string(),
    status,
    reason_code: z.string().nullable(),
    message: z.string().nullable(),
    payload: jsonObject,
    operation_run_id: entityId.nullable(),
    recorded_at: moment,
  })
  .meta({ id: 'OnboardingEvidence' });
export type OnboardingEvidence = z.infer<typeof onboardingEvidence>;

export const operationRunLink = z
  .object({ run_id: entityId, url: z.string().meta({ example: '/admin/operations/42' }) })
  .meta({ id: 'OperationRunLink' });

/** What every operation of the contract has in common. */
export const onboardingFacts = {
  tags: ['Onboarding contract'],
  dialect: 'onboarding',
  security: 'caller',
  errors: thingErrors,
} as const;

/** Where a session that was opened or resumed can be read. */
export const sessionLocation = {
  Location: {
    description: 'Where the session can be read.',
    schema: { type: 'string', format: 'uri-reference' },
    statuses: [201],
  },
} as const;
