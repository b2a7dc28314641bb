import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { prose } from '../shape/text.ts';
import { runSummary } from './run-summary.ts';

/** Asks a run to stop. A queued or waiting one ends at once, a running one at its next heartbeat or step. */
export const cancelRunContract = defineContract(
  {
    method: 'POST',
    path: '/v1/runs/{id}/cancel',
    operationId: 'cancelRun',
    summary: 'Cancel a run',
    description:
      'A queued or waiting run is cancelled at once (200); a running one is asked to stop (202) and does so at its next heartbeat or step. Work that was all done by then still ends succeeded.',
    tags: ['Runs'],
    success: { 200: 'Cancelled', 202: 'Cancel asked for; the worker stops at its next step' },
    errors: { ...thingErrors, 409: 'The run has already ended, or a cancel has already been asked for.' },
    body: 'optional',
    dialect: 'native',
    security: 'caller',
  },
  {
    input: z.strictObject({ id: entityId, reason: prose(500).optional() }),
    output: z.object({ run: runSummary }),
  },
);
