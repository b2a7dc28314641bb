import { z } from 'zod';
import { startOutcome } from '../gate/start-outcome.ts';
import { idempotencyHeaders, startErrors, startHeaders } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { startBody } from './start-body.ts';

/** Asks the start gate to start any operation. */
export const startRunContract = defineContract(
  {
    method: 'POST',
    path: '/v1/runs',
    operationId: 'createRun',
    summary: 'Start an operation',
    description:
      'Passes the start gate. `accepted` (201) made a run; `deduped` (200) names the active run that already does the same work; `scope_busy` and `blocked` (409, or 402 for quota) made none and say why and what to do next.',
    tags: ['Runs'],
    success: { 201: 'Accepted: a run was made and queued', 200: 'Deduped: the same work is already active' },
    errors: startErrors,
    body: 'required',
    dialect: 'native',
    security: 'caller',
    requestHeaders: idempotencyHeaders,
    responseHeaders: startHeaders,
    examples: {
      request: {
        capture: { operation: 'snapshot_capture', tenantId: 1 },
        restore: { operation: 'restore_execute', tenantId: 1, input: { previewRunId: 12 } },
      },
    },
  },
  { input: z.strictObject(startBody), output: startOutcome },
);
