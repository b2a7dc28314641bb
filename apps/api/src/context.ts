import type { IncomingHttpHeaders } from 'node:http';
import type { Database } from '@signalbox/db/client/database';
import type { StartOne } from '@signalbox/db/commands/gate/start-coalescer';
import type { LiveSession } from '@signalbox/db/queries/access/live-session';
import type { Membership } from '@signalbox/db/queries/access/memberships';
import type { Keyring } from '@signalbox/db/secrets/envelope';
import type { Person, Principal } from '@signalbox/domain/access/principal';
import type { Fault } from '@signalbox/domain/error/app-error';
import type { AccessTokens } from './access/access-tokens.ts';
import type { DeviceCookies } from './access/device-cookie.ts';
import type { Limits } from './access/limits.ts';
import type { SessionCookies } from './access/session-cookie.ts';
import type { SharedSecret } from './access/shared-secret.ts';
import type { ReplyPlan } from './http/reply-plan.ts';
import type { LiveHub } from './live/live-hub.ts';
import type { Cursors } from './page/cursors.ts';

/** What the HTTP layer knows of one call, the same for REST and for the typed client. */
export interface RequestFacts {
  readonly requestId: string;
  readonly surface: 'rest' | 'trpc';
  readonly headers: IncomingHttpHeaders;
  /** Where the call came from; taken from a header only behind a proxy that `SIGNALBOX_TRUST_PROXY` names. */
  readonly remoteAddress: string;
  /** A well-formed Idempotency-Key, or null when none was sent. */
  readonly idempotencyKey: string | null;
  /** Faults of the request that are told only after 401, 404 and 403. */
  readonly faults: readonly Fault[];
  /** True when a text id in the path can name nothing (a NUL byte): 404, but only after 401. */
  readonly unknownTarget: boolean;
  /** What the operation gives, as a sentence, when the caller accepts none of it: 406, but only after 400. */
  readonly notAcceptable: string | null;
  readonly reply: ReplyPlan;
  /** Says who the caller turned out to be, so that requests count as theirs. */
  proven(caller: Caller): void;
  /** Cuts the caller's connection, for a stream whose reader has fallen too far behind. */
  hangUp(): void;
}

/** The session of a person who signed in. */
export interface Session {
  readonly id: number;
  readonly user: LiveSession;
  /** Oldest first; empty for somebody who was removed everywhere. */
  readonly memberships: readonly Membership[];
  /** The person in the selected workspace. */
  readonly principal: Person;
}

/** Whoever calls: a person by their session, or a program by an API key, which has none. */
export interface Caller {
  readonly principal: Principal;
  readonly session: Session | null;
}

/** What the process offers to every call. */
export interface AppServices {
  readonly db: Database;
  /** The start gate; every surface starts through it. */
  readonly gate: StartOne;
  readonly live: LiveHub;
  readonly cursors: Cursors;
  readonly tokens: AccessTokens;
  readonly cookies: SessionCookies;
  readonly devices: DeviceCookies;
  readonly limits: Limits;
  /** What secrets are sealed with. */
  readonly keyring: Keyring;
  /** What the billing system proves itself with when it sets a tier; null where owners do. */
  readonly tierSecret: SharedSecret | null;
  /** The shared password of the demo accounts; null elsewhere. */
  readonly demoPassword: string | null;
  /** Where an administrator grants consent: `https://login.microsoftonline.com`, or where an emulator listens. */
  readonly graphLoginUrl: string;
  /** Below it every infra is a directory with its settings. */
  readonly infraRoot: string;
  /** How long a rollback that is waited for is waited for, in milliseconds. */
  readonly rollbackWaitMs: number;
  /** How long a workflow that is waited for is waited for, in milliseconds. */
  readonly workflowWaitMs: number;
  /** The address people use, where it is set. */
  readonly publicOrigin: string | undefined;
}

/** What every procedure gets. */
export interface AppContext extends RequestFacts, AppServices {
  /** Who calls, looked up on first use, so that public operations never ask the database. */
  authenticate(): Promise<Caller | null>;
  /** The same, looked up anew and without keeping it alive: for a stream, which stays open with nobody there. */
  authenticateAgain(): Promise<Caller | null>;
}
