import { z } from 'zod';
import { defineContract } from '../openapi/operation.ts';
import { dispatchFacts, pathTenant } from './dispatch-facts.ts';
import { providerStartOutcome } from './start-outcome.ts';

/** Starts a sync of a tenant's role definitions, in the words of the provider-dispatch contract. */
export const syncRoleDefinitionsContract = defineContract(
  {
    ...dispatchFacts,
    path: '/admin/t/{tenant}/directory/role-definitions/sync',
    operationId: 'syncDirectoryRoleDefinitions',
    summary: 'Start role definitions sync',
    description: 'Asks the start gate to sync the role definitions of the tenant. All four outcomes are 200.',
    body: 'none',
  },
  { input: z.object({ tenant: pathTenant }), output: providerStartOutcome },
);
