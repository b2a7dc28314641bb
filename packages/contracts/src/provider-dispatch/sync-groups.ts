import { defaultGroupSelection } from '@signalbox/domain/inventory/group-selection';
import { z } from 'zod';
import { defineContract } from '../openapi/operation.ts';
import { key } from '../shape/text.ts';
import { dispatchFacts, pathTenant, providerConnectionId } from './dispatch-facts.ts';
import { providerStartOutcome } from './start-outcome.ts';

/** Starts a sync of a tenant's groups, in the words of the provider-dispatch contract. */
export const syncGroupsContract = defineContract(
  {
    ...dispatchFacts,
    path: '/admin/t/{tenant}/directory/groups/sync',
    operationId: 'syncDirectoryGroups',
    summary: 'Start directory groups sync',
    description:
      'Asks the start gate to sync a selection of groups. A selection that does not exist is `blocked`. All four outcomes are 200.',
    body: 'optional',
    examples: { request: { all: {}, named: { selectionKey: defaultGroupSelection } } },
  },
  {
    input: z.object({
      tenant: pathTenant,
      selectionKey: key(200)
        .default(defaultGroupSelection)
        .meta({ description: 'Which groups; left out: all' }),
      providerConnectionId,
    }),
    output: providerStartOutcome,
  },
);
