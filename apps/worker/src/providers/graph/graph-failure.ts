/** What a failure means to whoever has to act on it. */
export type GraphFailureKind =
  /** The credential was refused: wrong or expired secret, unknown application or tenant, token not accepted. */
  | 'auth'
  /** No administrator of the tenant has consented. */
  | 'consent'
  /** Consented, but an application permission is missing. */
  | 'permission'
  | 'not_found'
  | 'throttled'
  | 'conflict'
  /** The service calls the request wrong; sending it again is useless. */
  | 'invalid'
  /** The service or the way to it does not work now. */
  | 'unavailable';

/** The facts of a failure; the text of the service is not among them, as it may hold anything. */
export interface GraphFailureFacts {
  readonly kind: GraphFailureKind;
  /** The service's code, for example `ResourceNotFound` or `AADSTS7000215`; a code of ours where it sent none. */
  readonly code: string;
  /** HTTP status, or null when no answer came. */
  readonly status: number | null;
  /** The service's id of the request, to quote to its support. */
  readonly requestId: string | null;
  /** Whether a write may have taken effect although it failed; `none` for every read. */
  readonly effect: 'none' | 'unknown';
}

/** A call to Microsoft Graph or its token endpoint that did not work. Carries no secret, token, address or body. */
export class GraphFailure extends Error {
  readonly kind: GraphFailureKind;
  readonly code: string;
  readonly status: number | null;
  readonly requestId: string | null;
  readonly effect: 'none' | 'unknown';

  constructor(facts: GraphFailureFacts) {
    super(`Microsoft Graph: ${facts.kind} (${facts.status ?? 'no answer'}, ${facts.code})`);
    this.name = 'GraphFailure';
    this.kind = facts.kind;
    this.code = facts.code;
    this.status = facts.status;
    this.requestId = facts.requestId;
    this.effect = facts.effect;
  }
}

/** The service asks for a longer wait than a step should spend; the request had no effect. */
export class GraphThrottled extends GraphFailure {
  /** From now, in milliseconds. */
  readonly retryAfterMs: number;

  constructor(retryAfterMs: number, facts: { code: string; status: number; requestId: string | null }) {
    super({ ...facts, kind: 'throttled', effect: 'none' });
    this.name = 'GraphThrottled';
    this.retryAfterMs = retryAfterMs;
  }
}
