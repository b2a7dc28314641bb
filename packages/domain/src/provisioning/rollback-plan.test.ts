import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonObject } from '../gate/canonical.ts';
import { planRollback, type RollbackStep, type StandingChange } from './rollback-plan.ts';

type State = ReadonlyMap<string, JsonObject>;
const servers = ['web-01', 'web-02'] as const;
const services = ['nginx', 'redis'] as const;

/** What somebody tries to do; what cannot be done where nothing fits is passed over. */
const deed = fc.record({
  what: fc.constantFrom('make', 'remove', 'install', 'delete', 'configure', 'keep', 'forget'),
  server: fc.constantFrom(...servers),
  service: fc.constantFrom(...services),
  infra: fc.constantFrom('demo', 'lab'),
  runId: fc.integer({ min: 1, max: 5 }),
});
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;

/** Plays deeds as workers would: nothing is taken away from under something, and each change is logged. */
function play(deeds: readonly Deed[]): { log: StandingChange[]; states: State[] } {
  const log: StandingChange[] = [];
  const states: State[] = [new Map()];
  for (const { what, server, service, infra, runId } of deeds) {
    const now = states.at(-1) ?? new Map();
    const key = {
      server: `server:${server}`,
      taskserv: `taskserv:${server}/${service}`,
      cluster: 'cluster:main',
    };
    const at = (kind: keyof typeof key): string => `${infra}/${key[kind]}`;
    const onServer = [...now.keys()].some((one) => one.startsWith(`${infra}/taskserv:${server}/`));
    const inCluster = now.get(at('cluster')) !== undefined;
    const put = (kind: keyof typeof key, after: JsonObject | null): void => {
      const before = now.get(at(kind)) ?? null;
      if (JSON.stringify(before) === JSON.stringify(after)) return;
      const next = new Map(now);
      if (after === null) next.delete(at(kind));
      else next.set(at(kind), after);
      states.push(next);
      const action = before === null ? 'create' : after === null ? 'delete' : 'update';
      const name = key[kind].slice(key[kind].indexOf(':') + 1);
      const through = { provider: 'local', connectionId: 1, connectionProblem: null } as const;
      log.push({ seq: log.length + 1, infra, kind, name, action, before, after, runId, ...through });
    };
    const there = now.has(at('server'));
    if (what === 'make' && !there) put('server', { plan: 'small', zone: 'local', role: 'server' });
    if (what === 'remove' && there && !onServer && !inCluster) put('server', null);
    if (what === 'install' && there) put('taskserv', { server, service, role: 'server', version: '1.0.0' });
    if (what === 'configure' && now.has(at('taskserv')))
      put('taskserv', { server, service, role: runId % 2 === 0 ? 'worker' : 'control', version: '1.0.0' });
    if (what === 'delete' && now.has(at('taskserv'))) put('taskserv', null);
    const all = servers.filter((one) => now.has(`${infra}/server:${one}`));
    if (what === 'keep' && all.length > 0) put('cluster', { type: 'redis', members: all });
    if (what === 'forget' && inCluster) put('cluster', null);
  }
  return { log, states };
}

/** What stands when steps were done in their order. */
function undo(state: State, steps: readonly RollbackStep[]): State {
  const next = new Map(state);
  for (const { change } of steps) {
    const key = `${change.infra}/${change.kind}:${change.name}`;
    if (change.before === null) next.delete(key);
    else next.set(key, change.before);
  }
  return next;
}

const plain = (state: State) => Object.fromEntries(state);
const history = fc.array(deed, { maxLength: 30 }).map(play);

test('undoing everything after a checkpoint gives back exactly what stood then', () => {
  fc.assert(
    fc.property(history, fc.nat(), ({ log, states }, at) => {
      const afterSeq = at % (log.length + 1);
      const steps = planRollback({ kind: 'checkpoint', afterSeq }, log);
      expect(steps.map(({ change }) => change.seq)).toEqual(
        log
          .map(({ seq }) => seq)
          .filter((seq) => seq > afterSeq)
          .reverse(),
      );
      expect(plain(undo(states.at(-1) ?? new Map(), steps))).toEqual(plain(states[afterSeq] ?? new Map()));
    }),
  );
});

test('undoing what runs have done takes along all that depends on it, says so, and leaves the rest alone', () => {
  fc.assert(
    fc.property(
      history,
      fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { minLength: 1 }),
      ({ log, states }, runIds) => {
        const steps = planRollback({ kind: 'runs', runIds }, log);
        const seqs = new Set(steps.map(({ change }) => change.seq));
        for (const { seq, runId } of log) if (runIds.includes(runId)) expect(seqs).toContain(seq);
        for (const { change, because } of steps) expect(because === null).toBe(runIds.includes(change.runId));
        // Nothing that stays may rest on something that goes: no task service without its server.
        const left = plain(undo(states.at(-1) ?? new Map(), steps));
        for (const key of Object.keys(left)) {
          const [infra, rest = ''] = key.split('/taskserv:');
          const server = rest.split('/')[0];
          if (server !== undefined && server !== '')
            expect(left).toHaveProperty([`${infra}/server:${server}`]);
        }
      },
    ),
  );
});

test('the newest is undone first, each after all that depends on it', () => {
  fc.assert(
    fc.property(history, ({ log }) => {
      const steps = planRollback({ kind: 'checkpoint', afterSeq: 0 }, log);
      const done = new Set<string>();
      for (const { unit, change } of steps) {
        for (const need of unit?.needs ?? []) expect(done).toContain(need);
        const same = steps.filter(
          ({ change: other }) => other.name === change.name && other.kind === change.kind,
        );
        for (const { change: later } of same)
          if (later.infra === change.infra && later.seq > change.seq)
            expect(unit?.needs).toContain(String(later.seq));
        done.add(String(change.seq));
      }
    }),
  );
});

test('what cannot be undone is said before, with all that would have to be undone after it', () => {
  const through = { provider: 'aws', infra: 'demo', runId: 1 } as const;
  const fine = { connectionId: 1, connectionProblem: null };
  const stuck = { connectionId: 2, connectionProblem: 'The connection is disabled.' };
  const on = { server: 'web-01', service: 'nginx', role: 'server', version: '1.0.0' };
  const log: StandingChange[] = [
    {
      ...through,
      ...fine,
      seq: 1,
      kind: 'server',
      name: 'web-01',
      action: 'create',
      before: null,
      after: { plan: 'a', zone: 'b' },
    },
    {
      ...through,
      ...fine,
      seq: 2,
      kind: 'server',
      name: 'web-02',
      action: 'create',
      before: null,
      after: { plan: 'a', zone: 'b' },
    },
    {
      ...through,
      ...stuck,
      seq: 3,
      kind: 'taskserv',
      name: 'web-01/nginx',
      action: 'create',
      before: null,
      after: on,
    },
    {
      ...through,
      ...fine,
      seq: 4,
      kind: 'taskserv',
      name: 'web-02/nginx',
      action: 'update',
      before: { ...on, server: 'web-02' },
      after: { ...on, server: 'web-02', version: '2.0.0' },
    },
  ];
  const steps = planRollback({ kind: 'checkpoint', afterSeq: 0 }, log);
  expect(steps.map(({ change, problem }) => [change.seq, problem])).toEqual([
    [4, 'Only the present version of a task service can be installed.'],
    [3, 'The connection is disabled.'],
    [2, 'web-02/nginx depends on it and cannot be undone.'],
    [1, 'web-01/nginx depends on it and cannot be undone.'],
  ]);
  expect(steps.every(({ unit }) => unit === null)).toBe(true);
});
