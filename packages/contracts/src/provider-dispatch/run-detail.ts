import { z } from 'zod';
import type { MediaFacts } from '../openapi/operation.ts';
import { providerConnectionContext, providerNextStep } from './outcome-parts.ts';

/** How a run is given: the vendor's JSON, or the page of the console. */
export const runDetailMedia = {
  json: 'application/vnd.tenantpilot.provider-backed-run-detail+json',
  html: true,
} as const satisfies MediaFacts;

/** How far a run has come, in the words of the provider-dispatch contract. */
export const executionStatuses = ['queued', 'running', 'completed'] as const;
/** What a completed run came to. */
export const runOutcomes = ['succeeded', 'partially_succeeded', 'failed', 'cancelled', 'blocked'] as const;

/** A run in the words of the provider-dispatch contract. */
export const providerRunDetail = z
  .object({
    runId: z.int(),
    operationType: z.string(),
    executionStatus: z.enum(executionStatuses),
    outcome: z.enum(runOutcomes).nullable().optional().meta({ description: 'Null until the run has ended' }),
    providerConnection: providerConnectionContext.optional(),
    protectedScope: z
      .looseObject({
        keys: z.array(z.string()).meta({ description: 'Scope keys the run holds now' }),
        held: z.boolean(),
        tenant: z.string().optional().meta({ description: 'External id' }),
      })
      .optional()
      .meta({ description: 'What no other run may work on while this one is active' }),
    shortReason: z.string().nullable().optional().meta({ description: 'Why it waits or did not succeed' }),
    nextSteps: z.array(providerNextStep).optional(),
    diagnosticsAvailable: z
      .boolean()
      .optional()
      .meta({ description: 'Whether steps, items or log lines of the run can be read' }),
  })
  .meta({ id: 'ProviderBackedRunDetail' });
export type ProviderRunDetail = z.infer<typeof providerRunDetail>;
