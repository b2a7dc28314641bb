import type { Fault } from '@signalbox/domain/error/app-error';

/** What is wrong with a request before any operation is asked: its bytes, its method, its headers. */
export type WireCode =
  | 'malformed_request'
  | 'invalid_input'
  | 'not_found'
  | 'method_not_allowed'
  | 'not_acceptable'
  | 'request_timeout'
  | 'payload_too_large'
  | 'unsupported_media_type'
  | 'upgrade_required'
  | 'headers_too_large'
  | 'unavailable';

export interface WireFacts {
  readonly code: WireCode;
  /** One plain sentence for the caller. */
  readonly detail?: string;
  readonly errors?: readonly Fault[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request refused by the HTTP layer itself. */
export class WireError extends Error {
  readonly facts: WireFacts;

  constructor(facts: WireFacts) {
    super(facts.detail ?? facts.code);
    this.name = 'WireError';
    this.facts = facts;
  }
}
