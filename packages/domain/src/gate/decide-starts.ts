import type { OperationRule } from '../operation/registry.ts';
import { decideStart, type StartDecision } from './decide-start.ts';
import { scopeKeys } from './scope.ts';
import type { ConnectionFacts, StartFacts } from './start-facts.ts';

/** One start of a list that is decided, and later committed, together. */
export interface ListedStart {
  readonly rule: OperationRule;
  readonly tenantId: number | null;
  /** Equal for equal work; the connection is added when it is chosen. */
  readonly workHash: string;
  readonly facts: StartFacts;
}

/** A decision, with the index of an earlier start of the same list where that one stands in the way. */
export interface ListedDecision {
  readonly decision: StartDecision;
  readonly behind: number | null;
}

/**
 * Decides a list of starts as if one after the other, so that a later one sees what an earlier one will hold.
 * `behind` names that earlier start, whose run has no id yet.
 */
export function decideStarts(starts: readonly ListedStart[], now: Date): ListedDecision[] {
  const work = new Map<string, number>();
  const scopes = new Map<string, number>();
  return starts.map((start, index) => {
    const decision = decideStart(start.rule, start.facts, now);
    if (decision.kind !== 'accepted') return { decision, behind: null };
    const { connectionId } = decision;
    const workKey = `${connectionId}:${start.workHash}`;
    const keys = scopeKeys(start.rule.scopes, { tenant: start.tenantId, connection: connectionId });
    const same = work.get(workKey);
    if (same !== undefined) {
      return {
        decision: { kind: 'deduped', run: { runId: 0, status: 'queued' }, connectionId },
        behind: same,
      };
    }
    const busyKey = keys.find((key) => scopes.has(key));
    const holder = busyKey === undefined ? undefined : scopes.get(busyKey);
    if (busyKey !== undefined && holder !== undefined) {
      const operation = starts[holder]?.rule.name ?? '';
      const facts = { scopeKey: busyKey, runId: 0, operation, since: now, expectedEnd: null };
      return { decision: { kind: 'scope_busy', holder: facts, connectionId }, behind: holder };
    }
    work.set(workKey, index);
    for (const key of keys) scopes.set(key, index);
    return { decision, behind: null };
  });
}

/** The facts of the connection a decision settled on. */
export function connectionOf(facts: StartFacts, connectionId: number | null): ConnectionFacts | null {
  return facts.connections.find((connection) => connection.id === connectionId) ?? null;
}
