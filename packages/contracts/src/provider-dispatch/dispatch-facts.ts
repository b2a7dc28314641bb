import { z } from 'zod';
import { idempotencyHeaders, thingErrors } from '../openapi/common-errors.ts';
import type { ContractFacts } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { jsonObject } from '../shape/json.ts';
import { line } from '../shape/text.ts';
import { startOutcomeMedia } from './start-outcome.ts';

/** The most characters a caller's own `targetContext` may have as JSON; it is kept with the run and in the audit. */
const largestContext = 8_192;

/** What the starts of the provider-dispatch contract have in common. */
export const dispatchFacts = {
  method: 'POST',
  tags: ['Provider dispatch'],
  success: { 200: 'What the start gate answered: accepted, deduped, scope_busy or blocked' },
  errors: {
    ...thingErrors,
    409: 'A request with the same `Idempotency-Key` is still in flight.',
    422: 'The `Idempotency-Key` was used before with another body.',
  },
  dialect: 'provider-dispatch',
  media: startOutcomeMedia,
  security: 'caller',
  requestHeaders: idempotencyHeaders,
} as const satisfies Partial<ContractFacts>;

/** The connection to go through; null or left out: the tenant's default, or its only one. */
export const providerConnectionId = entityId
  .nullable()
  .optional()
  .meta({ description: 'The connection to go through; left out or null: the default, or the only one' });

/** Where in the caller's own screens the start came from. Kept for people; the gate does not look at it. */
export const sourceSurface = line(200).meta({ description: 'Where it was asked; kept with the run' });

/** What the caller wants to remember of the target. Kept for people; the gate does not look at it. */
export const targetContext = jsonObject
  .refine((context) => JSON.stringify(context).length <= largestContext, {
    error: `must have at most ${largestContext} characters as JSON`,
  })
  .meta({ description: 'A JSON object of yours; kept with the run' });

/** The operation as the path names it; one that cannot be started there is 404. */
export const pathOperation = z.string().min(1).meta({ example: 'inventory.sync' });

/** The tenant's external id. */
export const pathTenant = z
  .string()
  .min(1)
  .meta({ description: 'External id of the tenant', example: 'contoso' });
