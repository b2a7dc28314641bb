import { z } from 'zod';
import { bootstrapOperations } from '../onboarding/bootstrap-operations.ts';
import { defineContract, type MediaFacts } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { dispatchFacts, sourceSurface } from './dispatch-facts.ts';
import { providerStartOutcome } from './start-outcome.ts';

/** How a bootstrap outcome is given: the vendor's JSON, or a page rendered from it. */
export const bootstrapOutcomeMedia = {
  json: 'application/vnd.tenantpilot.onboarding-bootstrap-start-outcome+json',
  html: true,
} as const satisfies MediaFacts;

/** What was answered to the first operation of a bootstrap, and what waits behind it. */
export const providerBootstrapOutcome = providerStartOutcome
  .extend({
    acceptedOperation: z
      .string()
      .nullable()
      .optional()
      .meta({ description: 'The operation that is under way; null when there is none' }),
    pendingOperations: z.array(z.string()).optional().meta({ description: 'What waits behind it, in order' }),
  })
  .meta({ id: 'OnboardingBootstrapStartOutcome' });
export type ProviderBootstrapOutcome = z.infer<typeof providerBootstrapOutcome>;

/** Starts the bootstrap of an onboarding, in the words of the provider-dispatch contract. */
export const startOnboardingBootstrapContract = defineContract(
  {
    ...dispatchFacts,
    path: '/admin/onboarding/{session}/provider-bootstrap/start',
    operationId: 'startOnboardingProviderBootstrap',
    summary: 'Start onboarding bootstrap work under sequential protected-scope admission',
    description:
      'Asks the start gate for the first of the selected operations; the others wait behind it and are started one after the other. A session that is not at its last step, is over, or is edited by somebody else is `blocked`, and so is a second bootstrap that is not the same. All four outcomes are 200.',
    media: bootstrapOutcomeMedia,
    body: 'required',
    examples: {
      request: {
        all: { providerConnectionId: 1, selectedOperations: ['directory.groups.sync', 'inventory.sync'] },
      },
    },
  },
  {
    input: z.object({
      session: entityId,
      providerConnectionId: entityId.meta({ description: 'The connection all operations go through' }),
      selectedOperations: bootstrapOperations,
      sourceSurface: sourceSurface.default('onboarding.bootstrap'),
    }),
    output: providerBootstrapOutcome,
  },
);
