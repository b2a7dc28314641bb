import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { prose } from '../shape/text.ts';
import { bootstrapView } from './bootstrap-view.ts';

/** Stops what of a bootstrap still waits. */
export const abortBootstrapContract = defineContract(
  {
    method: 'POST',
    path: '/v1/onboarding-sessions/{id}/bootstrap/abort',
    operationId: 'abortBootstrap',
    summary: 'Abort the bootstrap of an onboarding',
    description:
      'Operations that still wait are not started any more. One that is under way goes on; cancel its run to stop it. The onboarding stays at its last step, and a new bootstrap may be started.',
    tags: ['Onboarding'],
    success: { 200: 'Aborted' },
    errors: { ...thingErrors, 409: 'Nothing of a bootstrap waits.' },
    body: 'optional',
    dialect: 'native',
    security: 'caller',
  },
  {
    input: z.strictObject({ id: entityId, reason: prose(500).optional() }),
    output: bootstrapView,
  },
);
