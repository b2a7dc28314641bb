import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { adminRunRecord } from './run-record.ts';

/**
 * A run's status and progress in the words of the admin-runs contract. Tenant, type and run must belong together;
 * any mismatch, and any text that is no run's id, is 404.
 */
export const adminGetRunContract = defineContract(
  {
    method: 'GET',
    path: '/admin/t/{tenantExternalId}/runs/{runType}/{runId}',
    operationId: 'getRun',
    summary: 'Get run status and progress',
    description: 'The run record. `runId` is the `id` that the start answered.',
    tags: ['Admin runs'],
    success: { 200: 'Run record' },
    errors: thingErrors,
    body: 'none',
    dialect: 'admin-runs',
    security: 'caller',
  },
  {
    input: z.strictObject({
      tenantExternalId: z.string().min(1),
      runType: z.string().min(1),
      runId: z.string().min(1),
    }),
    output: adminRunRecord,
  },
);
