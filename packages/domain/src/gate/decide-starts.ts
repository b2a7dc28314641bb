import type { OperationRule } from '../operation/rule.ts';
import { type Accepted, decideStart, type StartDecision } from './decide-start.ts';
import { scopeKeys } from './scope.ts';
import type { ConnectionFacts, ScopeHolder, StartFacts } from './start-facts.ts';

/** One start of a list that is decided, and later committed, together. All of a list belong to one workspace. */
export interface ListedStart {
  readonly rule: OperationRule;
  /** Templates of the scopes it will hold. */
  readonly scopes: readonly string[];
  readonly tenantId: number | null;
  /** Equal for equal work; the connection is added when it is chosen. */
  readonly workHash: string;
  /** Its Idempotency-Key, made unique over callers and routes, with the hash of its body; null without a key. */
  readonly keyed: { readonly key: string; readonly bodyHash: string } | null;
  readonly facts: StartFacts;
}

/** A decision, with the index of an earlier start of the same list where that one stands in the way. */
export interface ListedDecision {
  readonly decision: StartDecision;
  readonly behind: number | null;
}

/** What the starts decided so far will have changed once they are committed; numbers are indexes of starts. */
interface Ahead {
  readonly starts: readonly ListedStart[];
  readonly now: Date;
  readonly work: Map<string, { readonly index: number; readonly status: Accepted['status'] }>;
  readonly scopes: Map<string, number>;
  readonly answers: Map<string, { readonly index: number; readonly bodyHash: string }>;
  units: number;
}

/**
 * Decides a list of starts as if one after the other, so that a later one sees what an earlier one will hold.
 * `behind` names that earlier start, whose run has no id yet. Each passes the one gate with the facts as they
 * will be, so the order of its questions holds here too.
 */
export function decideStarts(starts: readonly ListedStart[], now: Date): ListedDecision[] {
  const ahead: Ahead = { starts, now, work: new Map(), scopes: new Map(), answers: new Map(), units: 0 };
  return starts.map((start, index) => {
    const decision = decideStart(start.rule, factsThen(start, ahead), now);
    const behind = behindOf(start, { decision, ahead });
    if (decision.kind === 'accepted') remember(start, { decision, index, ahead });
    if (start.keyed !== null && (decision.kind === 'accepted' || decision.kind === 'deduped')) {
      ahead.answers.set(start.keyed.key, { index, bodyHash: start.keyed.bodyHash });
    }
    return { decision, behind };
  });
}

/** The facts of a start as they will be when those before it are committed. */
function factsThen(start: ListedStart, ahead: Ahead): StartFacts {
  const { facts, keyed } = start;
  const kept = keyed === null ? undefined : ahead.answers.get(keyed.key);
  const earlier = kept?.bodyHash === keyed?.bodyHash ? 'same_body' : 'other_body';
  return {
    ...facts,
    earlier: facts.earlier !== 'none' || kept === undefined ? facts.earlier : earlier,
    quota: facts.quota && { ...facts.quota, current: facts.quota.current + ahead.units },
    connections: facts.connections.map((connection) => ({
      ...connection,
      ...inTheWay(connection, { start, connectionId: connection.id, ahead }),
    })),
    unconnected: inTheWay(facts.unconnected, { start, connectionId: null, ahead }),
  };
}

/** What stands in the way of a start through a connection, or through none. */
function inTheWay(
  now: StartFacts['unconnected'],
  at: { readonly start: ListedStart; readonly connectionId: number | null; readonly ahead: Ahead },
): StartFacts['unconnected'] {
  return {
    active: now.active ?? activeThen(at.ahead, workKey(at.start, at.connectionId)),
    holders: now.holders.length > 0 ? now.holders : holdersThen(at),
  };
}

function activeThen(ahead: Ahead, key: string): ConnectionFacts['active'] {
  const same = ahead.work.get(key);
  return same === undefined ? null : { runId: 0, status: same.status };
}

function holdersThen(at: {
  readonly start: ListedStart;
  readonly connectionId: number | null;
  readonly ahead: Ahead;
}): ScopeHolder[] {
  const { start, connectionId, ahead } = at;
  return scopeKeys(start.scopes, { tenant: start.tenantId, connection: connectionId }).flatMap((scopeKey) => {
    const operation = ahead.starts[ahead.scopes.get(scopeKey) ?? -1]?.rule.name;
    return operation === undefined
      ? []
      : [{ scopeKey, runId: 0, operation, since: ahead.now, expectedEnd: null }];
  });
}

/** The earlier start that a decision rests on, if it is not the database that said so. */
function behindOf(
  start: ListedStart,
  made: { readonly decision: StartDecision; readonly ahead: Ahead },
): number | null {
  const { decision, ahead } = made;
  switch (decision.kind) {
    case 'replayed':
      if (start.facts.earlier !== 'none' || start.keyed === null) return null;
      return ahead.answers.get(start.keyed.key)?.index ?? null;
    case 'deduped':
      if (wayOf(start.facts, decision.connectionId)?.active !== null) return null;
      return ahead.work.get(workKey(start, decision.connectionId))?.index ?? null;
    case 'scope_busy':
      if (wayOf(start.facts, decision.connectionId)?.holders.length !== 0) return null;
      return ahead.scopes.get(decision.holder.scopeKey) ?? null;
    default:
      return null;
  }
}

/** Notes what an accepted start will hold. One that waits for its approval takes its scope only afterwards. */
function remember(
  start: ListedStart,
  made: {
    readonly decision: Extract<StartDecision, { kind: 'accepted' }>;
    readonly index: number;
    readonly ahead: Ahead;
  },
): void {
  const { decision, index, ahead } = made;
  const { status, connectionId } = decision;
  if (start.rule.countsQuota) ahead.units += 1;
  if (status === 'pending') return;
  ahead.work.set(workKey(start, connectionId), { index, status });
  if (status !== 'queued') return;
  const parts = { tenant: start.tenantId, connection: connectionId };
  for (const key of scopeKeys(start.scopes, parts)) ahead.scopes.set(key, index);
}

function workKey(start: ListedStart, connectionId: number | null): string {
  return `${connectionId}:${start.workHash}`;
}

/** What the facts said of the connection a decision settled on, or of none. */
function wayOf(facts: StartFacts, connectionId: number | null): StartFacts['unconnected'] | null {
  if (connectionId === null) return facts.unconnected;
  return facts.connections.find((connection) => connection.id === connectionId) ?? null;
}
