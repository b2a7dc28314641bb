import { reasonCodes } from '@signalbox/domain/gate/reasons';
import { operationNames } from '@signalbox/domain/operation/registry';
import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { tenantRef } from '../run/run-parts.ts';
import { commaList } from '../shape/comma-list.ts';
import { entityId } from '../shape/ids.ts';
import { page, pageQuery } from '../shape/page.ts';
import { givenMoment, moment } from '../shape/time.ts';
import { nextStep } from './next-step.ts';
import { reason } from './reason.ts';

/** What the gate answers to a start it refuses. */
export const refusalOutcome = z.enum(['scope_busy', 'blocked']);

/** A start that the gate refused. It left no run behind; what was refused, to whom and why is kept in the audit. */
export const refusal = z
  .object({
    id: z.int().min(1).meta({ description: 'Id of the audit entry' }),
    at: moment,
    by: z.string().meta({ description: 'Username of who asked' }),
    operation: z.string(),
    operationLabel: z.string(),
    tenant: tenantRef.optional(),
    outcome: refusalOutcome,
    reason: reason.optional(),
    nextSteps: z.array(nextStep),
  })
  .meta({ id: 'Refusal' });
export type Refusal = z.infer<typeof refusal>;

/** Refused starts of the workspace the caller may know of, newest first, by keyset over (time, id). */
export const listRefusalsContract = defineContract(
  {
    method: 'GET',
    path: '/v1/refusals',
    operationId: 'listRefusals',
    summary: 'List refused starts',
    description:
      'Starts that the gate refused, newest first: who asked for what, why it was refused and what helps. Refused starts of tenants you are not entitled to are left out. Operations are written with commas.',
    tags: ['Runs'],
    success: { 200: 'A page of refused starts' },
    errors: sessionErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  {
    input: z.strictObject({
      ...pageQuery,
      since: givenMoment.optional().meta({ description: 'Only those refused at or after this moment' }),
      operation: commaList(z.enum(operationNames)).optional().meta({ example: 'snapshot_capture' }),
      tenantId: entityId.optional(),
      outcome: refusalOutcome.optional(),
      reason: z.enum(reasonCodes).optional(),
    }),
    output: page(refusal),
  },
);
