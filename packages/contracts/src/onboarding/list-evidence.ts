import { z } from 'zod';
import { reason } from '../gate/reason.ts';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { jsonObject } from '../shape/json.ts';
import { page, pageQuery } from '../shape/page.ts';
import { moment } from '../shape/time.ts';
import { evidenceStatus, onboardingTask } from './session-view.ts';

/** An observation about a tenant. It is never changed and never removed. */
export const evidence = z
  .object({
    id: entityId,
    task: z.string(),
    label: z.string(),
    status: evidenceStatus,
    reason: reason.optional(),
    message: z.string().optional(),
    payload: jsonObject.meta({ description: 'What was seen' }),
    runId: entityId.optional(),
    sessionId: entityId.optional(),
    connectionId: entityId.optional(),
    recordedAt: moment,
  })
  .meta({ id: 'Evidence' });
export type Evidence = z.infer<typeof evidence>;

/** What was observed about a tenant, the newest first. */
export const listEvidenceContract = defineContract(
  {
    method: 'GET',
    path: '/v1/evidence',
    operationId: 'listEvidence',
    summary: 'List evidence',
    description:
      'What was observed about a tenant, the newest first. The newest of a task decides its status.',
    tags: ['Onboarding'],
    success: { 200: 'A page of evidence' },
    errors: { ...sessionErrors, 404: 'No such tenant, or none the caller may see.' },
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  {
    input: z.strictObject({ ...pageQuery, tenantId: entityId, task: onboardingTask.optional() }),
    output: page(evidence),
  },
);
