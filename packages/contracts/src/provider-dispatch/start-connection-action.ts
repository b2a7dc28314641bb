import { z } from 'zod';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { dispatchFacts, pathOperation } from './dispatch-facts.ts';
import { providerStartOutcome } from './start-outcome.ts';

/** Starts an operation through one named connection, in the words of the provider-dispatch contract. */
export const startConnectionActionContract = defineContract(
  {
    ...dispatchFacts,
    path: '/admin/provider-connections/{connection}/actions/{operation}/start',
    operationId: 'startConnectionProviderAction',
    summary: 'Start a provider-connection-scoped operation',
    description:
      'Asks the start gate to start an operation through this connection and no other. All four outcomes are 200. An operation that cannot be started here is 404.',
    body: 'none',
  },
  {
    input: z.object({ connection: entityId, operation: pathOperation }),
    output: providerStartOutcome,
  },
);
