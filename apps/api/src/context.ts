import type { IncomingHttpHeaders } from 'node:http';
import type { Database } from '@signalbox/db/client/database';
import type { Principal } from '@signalbox/domain/access/principal';
import type { Fault } from '@signalbox/domain/error/app-error';
import type { ReplyPlan } from './http/reply-plan.ts';

/** What the HTTP layer knows of one call, the same for REST and for the typed client. */
export interface RequestFacts {
  readonly requestId: string;
  readonly surface: 'rest' | 'trpc';
  readonly headers: IncomingHttpHeaders;
  /** The address the connection came from; never taken from a header. */
  readonly remoteAddress: string;
  /** A well-formed Idempotency-Key, or null when none was sent. */
  readonly idempotencyKey: string | null;
  /** Faults of the request that are told only after 401, 404 and 403. */
  readonly faults: readonly Fault[];
  /** True when a text id in the path can name nothing (a NUL byte): 404, but only after 401. */
  readonly unknownTarget: boolean;
  readonly reply: ReplyPlan;
}

/** A signed-in caller. */
export interface Session {
  readonly id: number;
  readonly principal: Principal;
}

/** What every procedure gets. */
export interface AppContext extends RequestFacts {
  readonly db: Database;
  /** The caller's session, looked up on first use, so that public operations never ask the database. */
  authenticate(): Promise<Session | null>;
}
