import type { Capability } from '../access/capabilities.ts';
import { connectionProblem } from '../connection/connection-problem.ts';
import type { OperationRule } from '../operation/rule.ts';
import type { GateReason } from './gate-reasons.ts';
import type { ActiveRun, ConnectionFacts, QuotaFacts, ScopeHolder, StartFacts } from './start-facts.ts';

/** What the gate decided. Only `accepted` makes a run. */
export type StartDecision =
  | { readonly kind: 'not_found' }
  | { readonly kind: 'forbidden'; readonly capability: Capability }
  | { readonly kind: 'replayed' }
  | { readonly kind: 'key_reused' }
  | Accepted
  | { readonly kind: 'deduped'; readonly run: ActiveRun; readonly connectionId: number | null }
  | { readonly kind: 'scope_busy'; readonly holder: ScopeHolder; readonly connectionId: number | null }
  | Blocked;

export interface Accepted {
  readonly kind: 'accepted';
  readonly status: 'pending' | 'queued' | 'awaiting_approval';
  readonly connectionId: number | null;
}

export interface Blocked {
  readonly kind: 'blocked';
  readonly reason: GateReason;
  readonly connectionId: number | null;
  /** When trying again makes sense, where that is known. */
  readonly retryAt?: Date;
  readonly missingPermissions?: readonly string[];
  readonly quota?: QuotaFacts;
  /** Who is editing the onboarding session it comes from. */
  readonly lockedBy?: string;
}

/**
 * The start gate: facts in, decision out. The first question that fails answers; a later one is never
 * asked before, or its answer would leak what an earlier one protects. What-if and the real start share it.
 */
export function decideStart(rule: OperationRule, facts: StartFacts, now: Date): StartDecision {
  if (!facts.visible) return { kind: 'not_found' };
  if (!facts.mayStart) return { kind: 'forbidden', capability: rule.capability };
  if (facts.earlier === 'same_body') return { kind: 'replayed' };
  if (facts.earlier === 'other_body') return { kind: 'key_reused' };

  if (facts.sessionProblem !== null) return { kind: 'blocked', connectionId: null, ...facts.sessionProblem };

  // Work without a provider has no connection to be chosen or used.
  if (rule.provider === null) {
    if (facts.targetProblem !== null)
      return { kind: 'blocked', reason: facts.targetProblem, connectionId: null };
    const { active, holders } = facts.unconnected;
    if (active !== null) return { kind: 'deduped', run: active, connectionId: null };
    const [holder] = holders;
    if (holder !== undefined) return { kind: 'scope_busy', holder, connectionId: null };
    return admit(rule, facts, null);
  }

  const chosen = chooseConnection(facts);
  if (chosen.kind !== 'chosen') return chosen;
  const connection = chosen.connection;
  const connectionId = connection.id;

  if (facts.targetProblem !== null) return { kind: 'blocked', reason: facts.targetProblem, connectionId };
  if (connection.active !== null) return { kind: 'deduped', run: connection.active, connectionId };

  const unusable = connectionProblem(rule, connection, now);
  if (unusable !== null) return { kind: 'blocked', connectionId, ...unusable };

  const holder = connection.holders[0];
  if (holder !== undefined) return { kind: 'scope_busy', holder, connectionId };

  return admit(rule, facts, connectionId);
}

/** The last questions: is there quota left, and does it wait for an approval or a call of its own first. */
function admit(rule: OperationRule, facts: StartFacts, connectionId: number | null): Accepted | Blocked {
  const { quota, approvalNeeded } = facts;
  if (quota !== null && quota.current >= quota.limit) {
    return { kind: 'blocked', reason: 'quota_exceeded', connectionId, quota };
  }
  const status = approvalNeeded ? 'awaiting_approval' : rule.begins;
  return { kind: 'accepted', status, connectionId };
}

type Choice =
  | { readonly kind: 'not_found' }
  | Blocked
  | { readonly kind: 'chosen'; readonly connection: ConnectionFacts };

/** The named connection, else the default, else the single one. Several without a default are never guessed. */
function chooseConnection(facts: StartFacts): Choice {
  if (facts.requestedConnectionId !== null) {
    const named = facts.connections.find((connection) => connection.id === facts.requestedConnectionId);
    return named === undefined ? { kind: 'not_found' } : { kind: 'chosen', connection: named };
  }
  const byDefault = facts.connections.find((connection) => connection.isDefault);
  const only = facts.connections.length === 1 ? facts.connections[0] : undefined;
  const connection = byDefault ?? only;
  if (connection !== undefined) return { kind: 'chosen', connection };
  const reason =
    facts.connections.length === 0 ? 'provider_connection_missing' : 'provider_connection_ambiguous';
  return { kind: 'blocked', reason, connectionId: null };
}
