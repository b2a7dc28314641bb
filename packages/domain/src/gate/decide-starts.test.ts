import fc from 'fast-check';
import { expect, test } from 'vitest';
import { operationRule } from '../operation/registry.ts';
import type { OperationRule } from '../operation/rule.ts';
import { decideStart, type StartDecision } from './decide-start.ts';
import { decideStarts, type ListedStart } from './decide-starts.ts';
import { scopeKeys } from './scope.ts';
import type { ActiveRun, ConnectionFacts, ScopeHolder, StartFacts } from './start-facts.ts';

const now = new Date('2026-03-01T12:00:00Z');
const base = operationRule('snapshot_capture');
const rules: readonly OperationRule[] = [
  { ...base, name: 'capture' },
  { ...base, name: 'deploy', countsQuota: true },
  { ...base, name: 'wide', scopes: ['c:{connection}', 't:{tenant}:c:{connection}'] },
  { ...base, name: 'free', scopes: [] },
  { ...base, name: 'unconnected', provider: null, scopes: ['t:{tenant}'] },
];
const limit = 3;

/** What a caller asks, before anything is known about it. */
interface Wish {
  readonly rule: OperationRule;
  readonly tenant: number;
  readonly connection: number | null;
  readonly variant: number;
  readonly visible: boolean;
  readonly approvalNeeded: boolean;
  readonly keyed: ListedStart['keyed'];
}

/** What the database would hold: the model that a list is compared with. */
class World {
  readonly active = new Map<string, ActiveRun>();
  readonly claims = new Map<string, ScopeHolder>();
  readonly answers = new Map<string, string>();
  used = 0;

  facts(wish: Wish): StartFacts {
    const kept = wish.keyed === null ? undefined : this.answers.get(wish.keyed.key);
    return {
      visible: wish.visible,
      mayStart: true,
      earlier: kept === undefined ? 'none' : kept === wish.keyed?.bodyHash ? 'same_body' : 'other_body',
      sessionProblem: null,
      requestedConnectionId: wish.connection,
      connections: [1, 2].map((id) => this.connection(wish, wish.tenant * 10 + id)),
      unconnected: this.inTheWay(wish, null),
      targetProblem: null,
      quota: wish.rule.countsQuota ? { current: this.used, limit, period: '2026-03-01' } : null,
      approvalNeeded: wish.approvalNeeded,
    };
  }

  private connection(wish: Wish, id: number): ConnectionFacts {
    return {
      id,
      isDefault: id % 10 === 1,
      enabled: true,
      consented: true,
      tenantMismatch: false,
      credential: 'present',
      granted: base.permissions,
      throttledUntil: null,
      toolMissing: false,
      ...this.inTheWay(wish, id),
    };
  }

  private inTheWay(wish: Wish, connection: number | null): StartFacts['unconnected'] {
    return {
      active: this.active.get(`${connection}:${workHash(wish)}`) ?? null,
      holders: scopeKeys(wish.rule.scopes, { tenant: wish.tenant, connection }).flatMap(
        (key) => this.claims.get(key) ?? [],
      ),
    };
  }

  commit(wish: Wish, decision: StartDecision, runId: number): void {
    if (wish.keyed !== null && (decision.kind === 'accepted' || decision.kind === 'deduped')) {
      this.answers.set(wish.keyed.key, wish.keyed.bodyHash);
    }
    if (decision.kind !== 'accepted') return;
    const { connectionId, status } = decision;
    this.active.set(`${connectionId}:${workHash(wish)}`, { runId, status });
    if (wish.rule.countsQuota) this.used += 1;
    if (status !== 'queued') return;
    for (const scopeKey of scopeKeys(wish.rule.scopes, { tenant: wish.tenant, connection: connectionId })) {
      this.claims.set(scopeKey, {
        scopeKey,
        runId,
        operation: wish.rule.name,
        since: now,
        expectedEnd: null,
      });
    }
  }
}

function workHash({ tenant, rule, variant }: Wish): string {
  return `${tenant}-${rule.name}-${variant}`;
}

const wishes = fc.array(
  fc.record({
    rule: fc.constantFrom(...rules),
    tenant: fc.integer({ min: 1, max: 2 }),
    connection: fc.option(fc.constantFrom(11, 12, 21), { freq: 2 }),
    variant: fc.integer({ min: 0, max: 1 }),
    visible: fc.integer({ min: 0, max: 9 }).map((drawn) => drawn > 0),
    approvalNeeded: fc.integer({ min: 0, max: 4 }).map((drawn) => drawn === 0),
    keyed: fc.option(fc.record({ key: fc.constantFrom('k1', 'k2'), bodyHash: fc.constantFrom('b1', 'b2') })),
  }),
  { maxLength: 14 },
);

/** The list decided at once, on facts that know nothing of each other; run ids are those of the model. */
function together(world: World, list: readonly Wish[], idOf: (index: number) => number): StartDecision[] {
  const starts = list.map((wish) => ({
    rule: wish.rule,
    scopes: wish.rule.scopes,
    tenantId: wish.tenant,
    workHash: workHash(wish),
    keyed: wish.keyed,
    facts: world.facts(wish),
  }));
  return decideStarts(starts, now).map(({ decision, behind }) => {
    if (behind === null) return decision;
    const runId = idOf(behind);
    if (decision.kind === 'deduped') return { ...decision, run: { ...decision.run, runId } };
    if (decision.kind === 'scope_busy') return { ...decision, holder: { ...decision.holder, runId } };
    return decision;
  });
}

const idOf = (index: number): number => 1_000 + index;

test('a list is decided as if each start had been committed before the next one was asked', () => {
  fc.assert(
    fc.property(wishes, wishes, (earlier, list) => {
      const world = new World();
      for (const [index, wish] of earlier.entries()) {
        world.commit(wish, decideStart(wish.rule, world.facts(wish), now), index + 1);
      }
      const atOnce = together(world, list, idOf);
      const oneByOne = list.map((wish, index) => {
        const decision = decideStart(wish.rule, world.facts(wish), now);
        world.commit(wish, decision, idOf(index));
        return decision;
      });
      expect(atOnce).toEqual(oneByOne);
    }),
    { numRuns: 500 },
  );
});

test('of a list, at most one start holds a scope and at most one does the same work', () => {
  fc.assert(
    fc.property(wishes, (list) => {
      const decisions = together(new World(), list, idOf);
      const held: string[] = [];
      const work: string[] = [];
      for (const [index, decision] of decisions.entries()) {
        const wish = list[index];
        if (wish === undefined || decision.kind !== 'accepted') continue;
        work.push(`${decision.connectionId}:${workHash(wish)}`);
        if (decision.status !== 'queued') continue;
        held.push(...scopeKeys(wish.rule.scopes, { tenant: wish.tenant, connection: decision.connectionId }));
      }
      expect(new Set(held).size).toBe(held.length);
      expect(new Set(work).size).toBe(work.length);
    }),
  );
});

function listed(wish: Partial<Wish>): ListedStart {
  const full: Wish = {
    rule: base,
    tenant: 1,
    connection: null,
    variant: 0,
    visible: true,
    approvalNeeded: false,
    keyed: null,
    ...wish,
  };
  return {
    rule: full.rule,
    scopes: full.rule.scopes,
    tenantId: full.tenant,
    workHash: workHash(full),
    keyed: full.keyed,
    facts: new World().facts(full),
  };
}

test('a start that waits for its approval holds no scope, so the next one of the list is accepted', () => {
  const decided = decideStarts([listed({ approvalNeeded: true }), listed({ variant: 1 })], now);
  expect(decided.map(({ decision }) => decision)).toMatchObject([
    { kind: 'accepted', status: 'awaiting_approval' },
    { kind: 'accepted', status: 'queued' },
  ]);
});

test('the last unit of a quota goes to the first start of the list that may have it', () => {
  const deploy = rules[1] ?? base;
  const list = Array.from({ length: limit + 1 }, (_, tenant) => listed({ rule: deploy, tenant: tenant + 1 }));
  const kinds = decideStarts(list, now).map(({ decision }) => decision.kind);
  expect(kinds).toEqual([...Array.from({ length: limit }, () => 'accepted'), 'blocked']);
});

test('an answer names the start of the same list it stands behind', () => {
  const list = [
    listed({ tenant: 2 }),
    listed({ keyed: { key: 'k', bodyHash: 'b' } }),
    listed({}),
    listed({ variant: 1 }),
    listed({ keyed: { key: 'k', bodyHash: 'b' } }),
    listed({ keyed: { key: 'k', bodyHash: 'other' } }),
  ];
  expect(decideStarts(list, now).map(({ decision, behind }) => [decision.kind, behind])).toEqual([
    ['accepted', null],
    ['accepted', null],
    ['deduped', 1],
    ['scope_busy', 1],
    ['replayed', 1],
    ['key_reused', null],
  ]);
});
