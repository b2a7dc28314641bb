import type { ConnectionState } from '../connection/connection-problem.ts';
import type { RunStatus } from '../run/lifecycle.ts';
import type { GateReason } from './gate-reasons.ts';

/** A provider connection as the gate sees it, with what stands at its scopes right now. */
export interface ConnectionFacts extends ConnectionState {
  readonly id: number;
  readonly isDefault: boolean;
  /** The active run that does the same work through this connection. */
  readonly active: ActiveRun | null;
  /** Who holds the scopes this start would need through this connection. */
  readonly holders: readonly ScopeHolder[];
}

export interface ActiveRun {
  readonly runId: number;
  readonly status: RunStatus;
}

export interface ScopeHolder {
  readonly scopeKey: string;
  /** The run that holds it; null where a batch does. */
  readonly runId: number | null;
  /** The uuid of the batch that holds it; absent where a run does. */
  readonly batchUid?: string;
  /** What the holder does; `batch` for a batch. */
  readonly operation: string;
  readonly since: Date;
  readonly expectedEnd: Date | null;
}

/** Everything one start decision depends on. Loaded in one query; time is a separate argument. */
export interface StartFacts {
  /** The tenant exists in the caller's workspace and the caller is entitled to it. */
  readonly visible: boolean;
  readonly mayStart: boolean;
  /** The answer kept under the same Idempotency-Key, if there is one. */
  readonly earlier: 'none' | 'same_body' | 'other_body';
  /** Why nothing is started from the onboarding session it comes from; null when it may, or comes from none. */
  readonly sessionProblem: SessionProblem | null;
  /** Null when the caller left the choice to the gate. */
  readonly requestedConnectionId: number | null;
  /** All connections of the tenant to the operation's provider; none where the operation has no provider. */
  readonly connections: readonly ConnectionFacts[];
  /** What stands in the way of work that needs no connection; nothing where it needs one. */
  readonly unconnected: Pick<ConnectionFacts, 'active' | 'holders'>;
  /** Why the operation has no target to work on, or null when it has one. */
  readonly targetProblem: GateReason | null;
  /** Null when the operation does not count. */
  readonly quota: QuotaFacts | null;
  /** True when the workspace's policy asks for an approval before this operation starts. */
  readonly approvalNeeded: boolean;
}

/** An onboarding that is over starts nothing more, and while somebody edits it only they do. */
export type SessionProblem =
  | { readonly reason: 'session_closed' }
  | { readonly reason: 'session_locked'; readonly lockedBy: string };

/** Usage of the period in which the start is decided, on the database's clock. */
export interface QuotaFacts {
  readonly current: number;
  readonly limit: number;
  /** First day of the calendar month in UTC, `YYYY-MM-01`. */
  readonly period: string;
}
