import { z } from 'zod';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { dispatchFacts, pathTenant } from './dispatch-facts.ts';
import { providerStartOutcome } from './start-outcome.ts';

/** Restores from a preview, in the words of the provider-dispatch contract. */
export const executeRestoreContract = defineContract(
  {
    ...dispatchFacts,
    path: '/admin/t/{tenant}/restore-runs/{restoreRun}/execute',
    operationId: 'executeRestore',
    summary: 'Execute a restore through the canonical provider start gate',
    description:
      'Restores everything a preview showed. `restoreRun` is the integer id of a preview run of this tenant that succeeded; any other is 404, and one that is out of date is `blocked`. All four outcomes are 200.',
    body: 'none',
  },
  {
    input: z.object({
      tenant: pathTenant,
      restoreRun: entityId.meta({ description: 'Integer id of a succeeded preview run of the tenant' }),
    }),
    output: providerStartOutcome,
  },
);
