import { z } from 'zod';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { line } from '../shape/text.ts';
import { dispatchFacts, pathOperation, providerConnectionId } from './dispatch-facts.ts';
import { providerStartOutcome } from './start-outcome.ts';

/** Starts a verification of an onboarding, in the words of the provider-dispatch contract. */
export const startOnboardingActionContract = defineContract(
  {
    ...dispatchFacts,
    path: '/admin/onboarding/{session}/provider-actions/{operation}/start',
    operationId: 'startOnboardingProviderAction',
    summary: 'Start an onboarding provider verification action',
    description:
      'Asks the start gate to verify something about the tenant of an onboarding session, through the connection the session has chosen. A session that is over, or that somebody else is editing, is `blocked`. All four outcomes are 200. An operation that cannot be started here is 404.',
    body: 'optional',
    examples: { request: { default: {}, named: { providerConnectionId: 1, step: 'verify' } } },
  },
  {
    input: z.object({
      session: entityId,
      operation: pathOperation,
      providerConnectionId,
      step: line(200).optional().meta({ description: 'The step it was asked from; kept with the run' }),
    }),
    output: providerStartOutcome,
  },
);
