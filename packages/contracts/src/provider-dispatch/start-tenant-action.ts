import { z } from 'zod';
import { defineContract } from '../openapi/operation.ts';
import {
  dispatchFacts,
  pathOperation,
  pathTenant,
  providerConnectionId,
  sourceSurface,
  targetContext,
} from './dispatch-facts.ts';
import { providerStartOutcome } from './start-outcome.ts';

/** Starts an operation of a tenant, in the words of the provider-dispatch contract. */
export const startTenantActionContract = defineContract(
  {
    ...dispatchFacts,
    path: '/admin/t/{tenant}/provider-actions/{operation}/start',
    operationId: 'startTenantProviderAction',
    summary: 'Start a tenant-scoped provider-backed operation',
    description:
      'Asks the start gate to start an operation of a tenant, with its defaults as input. All four outcomes are 200; `nextSteps` says what you can do about a refusal. An operation that cannot be started here is 404.',
    body: 'optional',
    examples: { request: { default: {}, named: { providerConnectionId: 1, sourceSurface: 'tenant.page' } } },
  },
  {
    input: z.object({
      tenant: pathTenant,
      operation: pathOperation,
      providerConnectionId,
      sourceSurface: sourceSurface.optional(),
      targetContext: targetContext.optional(),
    }),
    output: providerStartOutcome,
  },
);
