import { idempotencyHeaders, startErrors, thingErrors } from '../openapi/common-errors.ts';

/** What the native operations on batches share. */
export const nativeBatchFacts = { tags: ['Batches'], dialect: 'native', security: 'caller' } as const;

/** An operation that makes a batch. */
export const makesBatch = {
  ...nativeBatchFacts,
  success: { 201: 'Admitted; a worker goes through its operations' },
  errors: {
    ...startErrors,
    422: 'The operations make no batch: `errors` and `problems` name those concerned. Or the `Idempotency-Key` was used before with another body.',
  },
  requestHeaders: idempotencyHeaders,
  responseHeaders: {
    Location: {
      description: 'Where the batch can be read.',
      schema: { type: 'string', format: 'uri-reference' },
      statuses: [201],
    },
    'Retry-After': {
      description: 'Seconds until trying again makes sense, when that is known.',
      schema: { type: 'integer' },
      statuses: [409],
    },
  },
} as const;

/** Refusals of what a batch is asked in its present state. */
export const batchStateErrors = { ...thingErrors, 409: 'The batch is in no state for it.' } as const;
