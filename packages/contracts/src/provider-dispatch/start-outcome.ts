import { z } from 'zod';
import { startOutcomeKinds } from '../gate/start-outcome.ts';
import type { MediaFacts } from '../openapi/operation.ts';
import { actionLink, providerConnectionContext, providerNextStep, runReference } from './outcome-parts.ts';

/** How a start outcome is given: the vendor's JSON, or a page rendered from it. */
export const startOutcomeMedia = {
  json: 'application/vnd.tenantpilot.provider-start-outcome+json',
  html: true,
} as const satisfies MediaFacts;

/** What the gate answered to a start, in the words of the provider-dispatch contract. All four are 200. */
export const providerStartOutcome = z
  .object({
    status: z.enum(startOutcomeKinds),
    operationType: z.string().meta({ example: 'directory.groups.sync' }),
    operatorVerb: z.string().optional().meta({ example: 'Sync' }),
    operatorTarget: z.string().optional().meta({ example: 'groups of Contoso' }),
    operatorMessage: z.string().meta({ description: 'One plain sentence' }),
    shortReason: z.string().nullable().optional().meta({ description: 'The label of the reason, if any' }),
    providerConnection: providerConnectionContext.optional(),
    run: runReference.optional().meta({
      description: 'The new run, the active one that does the same work, or the one that holds the scope',
    }),
    nextSteps: z.array(providerNextStep).optional(),
    actions: z.array(actionLink).optional(),
  })
  .meta({ id: 'ProviderStartOutcome' });
export type ProviderStartOutcome = z.infer<typeof providerStartOutcome>;
