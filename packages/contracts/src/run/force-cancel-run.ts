import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { prose } from '../shape/text.ts';
import { runSummary } from './run-summary.ts';

/** Ends a run whose worker is gone or does not stop. What that worker did last may not be recorded. */
export const forceCancelRunContract = defineContract(
  {
    method: 'POST',
    path: '/v1/runs/{id}/force-cancel',
    operationId: 'forceCancelRun',
    summary: 'Force-cancel a run',
    description:
      'Ends a running run over the head of its worker and frees its scope. Possible only after a cancel, once the lease of the worker has expired or a minute has passed. A worker that comes back writes nothing any more.',
    tags: ['Runs'],
    success: { 200: 'Cancelled' },
    errors: {
      ...thingErrors,
      409: 'The run is not running, no cancel was asked for, or its worker still has time to stop.',
    },
    body: 'required',
    dialect: 'native',
    security: 'caller',
  },
  {
    input: z.strictObject({
      id: entityId,
      reason: prose(500).meta({ description: 'Why; kept in the audit entry' }),
    }),
    output: z.object({ run: runSummary }),
  },
);
