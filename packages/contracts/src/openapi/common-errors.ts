import type { ErrorStatus, RequestHeader, ResponseHeader } from './operation.ts';

type Errors = Partial<Record<ErrorStatus, string>>;

/** Every operation: a malformed request, and a server that must ask the caller to come back later. */
export const publicErrors = {
  400: 'The request is malformed: `errors` points at each fault.',
  429: 'Too many requests from this caller; `Retry-After` says when to come back.',
  503: 'The service is starting, stopping or overloaded; `Retry-After` says when to come back.',
} as const satisfies Errors;

/** Every operation that needs a signed-in caller. */
export const sessionErrors = {
  ...publicErrors,
  401: 'No valid credential was sent.',
  403: 'The caller may see the thing but lacks the named capability.',
  404: 'The workspace that was selected does not exist, or the caller is no member of it.',
} as const satisfies Errors;

/** Operations that name one thing: outside the caller's entitlement it does not exist. */
export const thingErrors = {
  ...sessionErrors,
  404: 'No such thing, or none the caller may see: the two answers are the same.',
} as const satisfies Errors;

/** Operations that pass the start gate and may be refused there. */
export const startErrors = {
  ...thingErrors,
  402: 'Refused at the gate: the quota of this period is used up.',
  409: 'Refused at the gate: the protected scope is held by another run, or something must be put right first. Also: a request with the same `Idempotency-Key` is still in flight.',
  422: 'The `Idempotency-Key` was used before with another body.',
} as const satisfies Errors;

/** Operations on a selection of runs. */
export const bulkErrors = {
  ...thingErrors,
  422: 'The selection holds no run, or more than 1,000.',
} as const satisfies Errors;

/** The header that makes a start safe to repeat. */
export const idempotencyHeaders = {
  'Idempotency-Key': {
    description:
      'A key of your own, 1 to 255 visible ASCII characters. Within 24 hours the same key and body get the first answer again; another body is 422.',
    schema: { type: 'string', maxLength: 255 },
  },
} as const satisfies Record<string, RequestHeader>;

/** Headers of an answer that started something. */
export const startHeaders = {
  Location: {
    description: 'Where the run can be read.',
    schema: { type: 'string', format: 'uri-reference' },
    statuses: [201],
  },
  'Retry-After': {
    description: 'Seconds until trying again makes sense, when that is known.',
    schema: { type: 'integer' },
    statuses: [409],
  },
} as const satisfies Record<string, ResponseHeader>;
