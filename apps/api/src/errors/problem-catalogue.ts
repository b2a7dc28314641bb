import type { AppErrorCode } from '@signalbox/domain/error/app-error';
import type { NextStepCode } from '@signalbox/domain/gate/next-steps';
import type { WireCode } from './wire-error.ts';

/** How one error code looks on the wire. The only place where a code meets an HTTP status. */
export interface ProblemRule {
  readonly status: number;
  readonly title: string;
  /** Said when the error has no sentence of its own. */
  readonly detail: string;
  /** On its page: when a caller meets it. */
  readonly when: string;
  readonly nextSteps: readonly NextStepCode[];
}

/** Codes of errors. A start refused at the gate has the code of its reason instead; see `to-problem.ts`. */
export type ProblemCode = Exclude<AppErrorCode, 'start_refused'> | WireCode | 'internal_error';

/** Every error a caller can meet. Codes are append-only; each has a page at `/problems/<code>`. */
export const problemCatalogue: Readonly<Record<ProblemCode, ProblemRule>> = {
  malformed_request: {
    status: 400,
    title: 'Malformed request',
    detail: 'The request could not be read.',
    when: 'The body is not JSON, the query has a key the operation does not know, or an id in the path is not written as ids are.',
    nextSteps: ['correct_input'],
  },
  invalid_input: {
    status: 400,
    title: 'Invalid input',
    detail: 'The request does not have the shape this operation takes.',
    when: 'A member is missing, unknown, of the wrong kind or out of its bounds. `errors` has a pointer to each.',
    nextSteps: ['correct_input'],
  },
  unauthenticated: {
    status: 401,
    title: 'Not signed in',
    detail: 'This needs a valid session or token.',
    when: 'There is no session cookie and no bearer token, or it has ended, expired or been revoked.',
    nextSteps: ['sign_in'],
  },
  sign_in_refused: {
    status: 401,
    title: 'Sign-in refused',
    detail: 'The username, the password or the code is wrong.',
    when: 'At sign-in, for an unknown username as for a wrong password or code: which of them is not told.',
    nextSteps: ['correct_input', 'ask_manager'],
  },
  forbidden: {
    status: 403,
    title: 'Capability missing',
    detail: 'You lack a capability that this needs.',
    when: 'You may see the thing, but your role lacks the capability. `capability` names it.',
    nextSteps: ['ask_manager'],
  },
  all_tenants_required: {
    status: 403,
    title: 'Every tenant needed',
    detail: 'This concerns every tenant of the workspace, and you are not entitled to all of them.',
    when: 'An export of the whole audit log is asked for by somebody who may see some tenants only.',
    nextSteps: ['ask_manager'],
  },
  mfa_required: {
    status: 401,
    title: 'Code needed',
    detail: 'The code of your second factor is needed as well.',
    when: 'At sign-in, after a right password, when the account has a second factor and no code was sent.',
    nextSteps: ['correct_input'],
  },
  code_refused: {
    status: 401,
    title: 'Code refused',
    detail: 'The code, or the password given with it, is wrong. A code works once.',
    when: 'A code of the second factor was given by somebody who is signed in, and it is wrong, too old or used. The session goes on.',
    nextSteps: ['correct_input'],
  },
  person_required: {
    status: 403,
    title: 'For people only',
    detail: 'This is for a person with a session; an API key cannot do it.',
    when: 'An API key asked for something of a person: their account, sessions, second factor or saved views.',
    nextSteps: ['sign_in'],
  },
  step_up_required: {
    status: 403,
    title: 'Fresh code needed',
    detail: 'Give a code of your second factor first: POST /v1/auth/step-up. It counts for five minutes.',
    when: 'The deed is dangerous and your account has a second factor, but no code was given in the last five minutes.',
    nextSteps: ['give_code'],
  },
  secret_refused: {
    status: 403,
    title: 'Secret refused',
    detail: 'The X-Webhook-Secret header is missing or wrong.',
    when: 'The tier of a workspace is set by another system here, which proves itself with a shared secret; nobody else may, not even an owner.',
    nextSteps: ['ask_manager'],
  },
  origin_refused: {
    status: 403,
    title: 'Foreign origin',
    detail: 'The request came from a page of another site.',
    when: 'A browser sent a change with the Origin of another site, so the cookie may not speak for you.',
    nextSteps: ['sign_in'],
  },
  not_found: {
    status: 404,
    title: 'Not found',
    detail: 'There is no such thing, or none that you may see.',
    when: 'The id is unknown, or lies outside the workspaces and tenants you are entitled to. The answer is the same for both.',
    nextSteps: ['correct_input'],
  },
  method_not_allowed: {
    status: 405,
    title: 'Method not allowed',
    detail: 'This path takes other methods; see the Allow header.',
    when: 'The path exists, but not with this method.',
    nextSteps: ['correct_input'],
  },
  not_acceptable: {
    status: 406,
    title: 'Not acceptable',
    detail: 'None of the media types you accept can be given.',
    when: 'The Accept header admits none of the media types of the operation.',
    nextSteps: ['correct_input'],
  },
  request_timeout: {
    status: 408,
    title: 'Request timeout',
    detail: 'The request did not arrive in time.',
    when: 'The body took longer to arrive than the server waits.',
    nextSteps: ['try_again_later'],
  },
  conflict: {
    status: 409,
    title: 'Conflict',
    detail: 'The present state does not admit this.',
    when: 'The thing is not in a state for this, such as a cancel of a run that has ended, or somebody else was faster.',
    nextSteps: ['try_again_later'],
  },
  idempotency_in_flight: {
    status: 409,
    title: 'Still in flight',
    detail: 'The first request with this Idempotency-Key has not been answered yet.',
    when: 'Two requests with one Idempotency-Key overlap, and the first has not been answered within two seconds.',
    nextSteps: ['try_again_later'],
  },
  payload_too_large: {
    status: 413,
    title: 'Body too large',
    detail: 'The body is larger than 1 MiB.',
    when: 'The body is larger than the limit.',
    nextSteps: ['correct_input'],
  },
  unsupported_media_type: {
    status: 415,
    title: 'Unsupported media type',
    detail: 'Bodies are JSON in UTF-8, without a content encoding.',
    when: 'The body is not `application/json`, not UTF-8, or it is compressed.',
    nextSteps: ['correct_input'],
  },
  idempotency_mismatch: {
    status: 422,
    title: 'Key used before',
    detail: 'This Idempotency-Key was used before with another body.',
    when: 'An Idempotency-Key names one request for 24 hours, and this one differs from it.',
    nextSteps: ['correct_input'],
  },
  selection_empty: {
    status: 422,
    title: 'Nothing chosen',
    detail: 'No run that you may see matches the selection.',
    when: 'A bulk action was asked for, and by now nothing matches its selection.',
    nextSteps: ['correct_input'],
  },
  selection_too_large: {
    status: 422,
    title: 'Too many runs',
    detail: 'More than 1,000 runs match the selection. Narrow the filter, and do the rest afterwards.',
    when: 'A bulk action takes at most 1,000 runs at once.',
    nextSteps: ['correct_input'],
  },
  upgrade_required: {
    status: 426,
    title: 'Upgrade required',
    detail: 'This is an event stream: connect with a WebSocket, version 13.',
    when: '`/ws` was asked for as if it were a page.',
    nextSteps: ['correct_input'],
  },
  batch_impossible: {
    status: 422,
    title: 'No batch',
    detail: 'The operations make no batch.',
    when: 'Operations of a batch need each other in a circle, name one that is not there, share an id, name an unknown provider or infra, or are none or too many. `problems` names those concerned.',
    nextSteps: ['correct_input'],
  },
  throttled: {
    status: 429,
    title: 'Too many requests',
    detail: 'There have been too many requests; wait before the next one.',
    when: 'A limit on requests was reached. `retryAfterSeconds` and the Retry-After header say how long it lasts.',
    nextSteps: ['try_again_later'],
  },
  headers_too_large: {
    status: 431,
    title: 'Headers too large',
    detail: 'The request line and headers are larger than 16 KiB.',
    when: 'Often a very long query or a pile of cookies.',
    nextSteps: ['correct_input'],
  },
  internal_error: {
    status: 500,
    title: 'Internal error',
    detail: 'Something went wrong on our side. Quote the request id when you report it.',
    when: 'A fault of ours. It is in the log of the server under the request id, and nothing of it is told to the caller.',
    nextSteps: ['try_again_later', 'ask_manager'],
  },
  timed_out: {
    status: 503,
    title: 'Took too long',
    detail:
      'The database gave up on this. Narrow the question, for instance by a range of time, and ask again.',
    when: 'The question had to look at more rows than five seconds allow.',
    nextSteps: ['correct_input', 'try_again_later'],
  },
  unavailable: {
    status: 503,
    title: 'Unavailable',
    detail: 'The service cannot answer right now.',
    when: 'The database cannot be reached, the server is starting or stopping, or too many starts raced for one thing.',
    nextSteps: ['try_again_later'],
  },
};
