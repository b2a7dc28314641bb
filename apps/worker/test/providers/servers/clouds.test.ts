import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { beforeEach, describe, expect, it } from 'vitest';
import { OperationFailure, Throttled } from '../../../src/operations/failures.ts';
import { awsBench, errorOf, keepReports, never, upcloudBench } from './support.ts';

const benches = [await upcloudBench(), await awsBench()] as const;

describe.each(benches.map((bench) => [bench.label, bench] as const))('%s', (_label, bench) => {
  beforeEach(() => bench.reset());
  const specs = (...names: string[]) => names.map((name) => ({ name, plan: bench.plan, zone: bench.zone }));
  const makeIn = async (infra: string, ...names: string[]) => {
    const reports = keepReports(infra);
    await bench.provider().create(infra, specs(...names), reports, never);
    return reports;
  };

  it('makes servers, waits until they run, and says where the emulated ones are', async () => {
    const wanted = specs('web-01', 'web-02', 'db_main', 'cache.a', 'worker-1');
    const reports = keepReports();
    await bench.provider().create('demo', wanted, reports, never);
    expect(reports.errors.size).toBe(0);
    expect([...reports.ended.keys()].sort()).toEqual(wanted.map(({ name }) => name).sort());
    const there = await bench.servers();
    expect(there).toHaveLength(5);
    for (const { name, plan, zone } of wanted) {
      const id = there.find((server) => server.name === name)?.id ?? '';
      const address = `local:${join(bench.sandboxDir, id)}`;
      expect(reports.ended.get(name)).toEqual({
        name,
        plan,
        zone,
        externalId: id,
        state: 'running',
        address,
      });
      expect(existsSync(join(bench.sandboxDir, id))).toBe(true);
      expect(reports.told.get(name)?.[0]).toBe(0.1);
    }
    const seen = await bench.provider().look('demo', never);
    expect(seen).toHaveLength(5);
    expect(seen).toEqual(expect.arrayContaining([...reports.ended.values()]));
    expect(await bench.provider().look('other', never)).toEqual([]);
    expect(await bench.provider({ workspace: 'ws-2' }).look('demo', never)).toEqual([]);
  });

  it('a server has an address of this machine only where a setting of ours allows it', async () => {
    await makeIn('demo', 'web-01');
    const [server] = await bench.provider({ real: true }).look('demo', never);
    expect(server?.address).toMatch(/^ssh:\/\/(root|ec2-user)@\d+\.\d+\.\d+\.\d+:22$/);
  });

  it('works on at most three servers at once', async () => {
    await bench.change({ createMs: 5_000 });
    const stop = new AbortController();
    const reports = keepReports();
    const work = bench.provider().create('demo', specs('a', 'b', 'c', 'd', 'e'), reports, stop.signal);
    const ended = errorOf(work);
    await expect.poll(() => reports.told.size).toBe(3);
    await expect.poll(() => bench.servers()).toHaveLength(3);
    stop.abort(new Error('enough'));
    await ended;
    expect(await bench.servers()).toHaveLength(3);
  });

  it('what was begun before a crash is taken up under the same keys and not made twice', async () => {
    await bench.change({ createMs: 200 });
    const stop = new AbortController();
    const first = keepReports();
    const crash = errorOf(bench.provider().create('demo', specs('web-01', 'web-02'), first, stop.signal));
    await expect.poll(() => bench.servers()).toHaveLength(2);
    stop.abort(new Error('crash'));
    await crash;
    const second = keepReports();
    await bench.provider().create('demo', specs('web-01', 'web-02'), second, never);
    expect([...second.ended.keys()].sort()).toEqual(['web-01', 'web-02']);
    const third = keepReports();
    await bench.provider().create('demo', specs('web-01', 'web-02'), third, never);
    expect(Object.fromEntries(third.ended)).toEqual(Object.fromEntries(second.ended));
    expect(await bench.servers()).toHaveLength(2);
  });

  it.each([
    ['its connection', { dropConnection: true }],
    ['a 503', { status: 503 }],
  ])('a server whose answer was lost with %s is found and stands once', async (_what, fault) => {
    await bench.fault({ match: bench.creating, times: 1, afterEffect: true, ...fault });
    const reports = await makeIn('demo', 'web-01');
    expect(reports.ended.get('web-01')).toMatchObject({ state: 'running' });
    expect(await bench.servers()).toHaveLength(1);
  });

  it('a plan and a zone that are not offered are problems, and the others are made', async () => {
    await makeIn('demo', 'old');
    const wanted = [
      ...specs('old', 'good'),
      { name: 'big', plan: '99xCPU-*', zone: bench.zone },
      { name: 'far', plan: bench.plan, zone: 'mars-1' },
      { name: '../up', plan: bench.plan, zone: bench.zone },
    ];
    const plan = await bench.provider().plan('demo', wanted, never);
    expect(plan.changes).toEqual([
      { action: 'keep', name: 'old' },
      { action: 'create', name: 'good' },
      { action: 'create', name: 'big' },
      { action: 'create', name: 'far' },
      { action: 'create', name: '../up' },
    ]);
    expect(plan.problems).toEqual([
      { name: 'big', message: `${bench.label} has no plan 99xCPU-*.` },
      { name: 'far', message: `${bench.label} has no zone mars-1.` },
      { name: '../up', message: expect.stringContaining('a name that is none') },
    ]);
    expect(await bench.created()).toBe(1);
    const reports = keepReports();
    await bench.provider().create('demo', wanted, reports, never);
    expect([...reports.ended.keys()].sort()).toEqual(['good', 'old']);
    expect([...reports.errors.keys()].sort()).toEqual(['../up', 'big', 'far']);
    expect(await bench.created()).toBe(2);
  });

  it('a name that is taken by another plan is refused and left alone', async () => {
    await makeIn('demo', 'web-01');
    const wanted = [{ name: 'web-01', plan: bench.otherPlan, zone: bench.zone }];
    const message = `web-01 is there already, with plan ${bench.plan} in zone ${bench.zone}.`;
    expect((await bench.provider().plan('demo', wanted, never)).problems).toEqual([
      { name: 'web-01', message },
    ]);
    const reports = keepReports();
    await bench.provider().create('demo', wanted, reports, never);
    expect(reports.errors.get('web-01')).toEqual({ code: 'conflict', message });
    expect(await bench.servers()).toHaveLength(1);
  });

  it('a server that ends in an error fails alone', async () => {
    await bench.change({ broken: ['bad'] });
    const reports = await makeIn('demo', 'bad', 'good');
    expect([...reports.ended.keys()]).toEqual(['good']);
    expect(reports.errors.get('bad')?.message).toMatch(/^bad (ended in an error|was removed) at /);
  });

  it('a full zone and a reached limit fail the server, in plain words and without a repeat', async () => {
    await bench.change({ full: [bench.zone] });
    const full = await makeIn('demo', 'web-01');
    const said = `Creating server web-01 did not work: ${bench.label} has no free capacity for it at the moment.`;
    expect(full.errors.get('web-01')).toMatchObject({ code: 'provider_refused', message: said });
    await bench.change({ full: [], limit: 1, createMs: 0 });
    const limited = await makeIn('demo', 'web-01', 'web-02');
    expect([...limited.errors.values()][0]?.message).toContain('the account at');
    expect(bench.notices).toEqual([]);
  });

  it('waits as long as a throttle says, or as it sees fit where nothing is said, and makes one server', async () => {
    await bench.fault({ match: bench.creating, times: 1, ...bench.throttle, retryAfter: 1 });
    await bench.fault({ match: bench.creating, times: 2, ...bench.throttle });
    const started = performance.now();
    const reports = await makeIn('demo', 'web-01');
    expect(performance.now() - started).toBeGreaterThan(950);
    expect(reports.ended.get('web-01')).toMatchObject({ state: 'running' });
    expect(bench.notices.map(({ inline }) => inline)).toEqual([true, true, true]);
    expect(bench.notices[0]?.retryAfterMs).toBe(1000);
    expect(await bench.created()).toBe(1);
  });

  it('hands a longer wait over to the run', async () => {
    await bench.fault({ match: bench.creating, times: 1, ...bench.throttle, retryAfter: 120 });
    const error = await errorOf(makeIn('demo', 'web-01'));
    expect(error).toBeInstanceOf(Throttled);
    expect(error).toMatchObject({ retryAfterMs: 120_000 });
    expect(bench.notices).toEqual([{ retryAfterMs: 120_000, inline: false }]);
  });

  it('a provider that does not answer ends the attempt, to be tried again', async () => {
    await bench.fault({ match: bench.looking, times: 50, status: 503 });
    const error = await errorOf(makeIn('demo', 'web-01'));
    expect(error).toBeInstanceOf(OperationFailure);
    expect(error).toMatchObject({ retryable: true, safeError: { code: 'provider_unavailable' } });
  });

  it('a look that fails for a moment is taken again', async () => {
    await bench.fault({ match: bench.looking, times: 2, status: 503 });
    await bench.fault({ match: bench.looking, times: 1, dropConnection: true });
    expect((await makeIn('demo', 'web-01')).ended.size).toBe(1);
  });

  it('a refused credential ends the attempt for good, and no error holds a secret or an address', async () => {
    const secret = 'not-the-secret-of-the-account';
    const provider = bench.provider({ wrongSecret: secret });
    const error = await errorOf(provider.create('demo', specs('web-01'), keepReports(), never));
    expect(error).toMatchObject({ retryable: false, safeError: { code: 'credential_invalid' } });
    const text = `${inspect(error, { depth: 9 })}${JSON.stringify(error)}`;
    expect(text).not.toContain(secret);
    expect(text).not.toContain(Buffer.from(`signalbox-demo:${secret}`).toString('base64'));
    expect(text).not.toContain('127.0.0.1');
    expect(text).toContain(`${bench.label} did not accept the credential`);
  });

  it('a missing permission is told apart from a refused credential', async () => {
    await bench.fault({ match: bench.creating, times: 1, status: 403 });
    const error = await errorOf(makeIn('demo', 'web-01'));
    expect(error).toMatchObject({ retryable: false, safeError: { code: 'permission_missing' } });
  });

  it('removes servers with what is in them, and what is gone already is done', async () => {
    await makeIn('demo', 'web-01', 'web-02', 'web-03');
    await makeIn('other', 'web-01');
    const reports = keepReports('removal');
    await bench.provider().remove('demo', ['web-01', 'web-02', 'never-there'], reports, never);
    expect(reports.errors.size).toBe(0);
    const gone = { 'never-there': null, 'web-01': null, 'web-02': null };
    expect(Object.fromEntries(reports.ended)).toEqual(gone);
    const left = await bench.servers();
    expect(left.map(({ name }) => name).sort()).toEqual(['web-01', 'web-03']);
    const folders = left.map(({ id }) => existsSync(join(bench.sandboxDir, id)));
    expect(folders).toEqual([true, true]);
    const again = keepReports('removal');
    await bench.provider().remove('demo', ['web-01', 'web-02'], again, never);
    expect([...again.ended.values()]).toEqual([null, null]);
  });

  it('removes a server that was asked for a moment ago and does not run yet', async () => {
    await bench.change({ createMs: 300 });
    const stop = new AbortController();
    const crash = errorOf(bench.provider().create('demo', specs('web-01'), keepReports(), stop.signal));
    await expect.poll(() => bench.servers()).toHaveLength(1);
    stop.abort(new Error('crash'));
    await crash;
    const reports = keepReports('removal');
    await bench.provider().remove('demo', ['web-01'], reports, never);
    expect(reports.ended.get('web-01')).toBeNull();
    expect(await bench.servers()).toEqual([]);
  });

  it('a removal that takes too long fails and says so', async () => {
    await makeIn('demo', 'web-01');
    const match = bench.label === 'UpCloud' ? { method: 'DELETE' } : { path: '/TerminateInstances' };
    const code = bench.label === 'UpCloud' ? 'SERVER_STATE_ILLEGAL' : 'IncorrectInstanceState';
    await bench.fault({ match, times: 500, status: bench.label === 'UpCloud' ? 409 : 400, code });
    const reports = keepReports('removal');
    await bench.provider({ pace: { removeMs: 150 } }).remove('demo', ['web-01'], reports, never);
    expect(reports.errors.get('web-01')?.code).toMatch(/^(provider_unavailable|conflict)$/);
    expect(await bench.servers()).toHaveLength(1);
  });

  it('a server that does not run in time fails, stays, and is taken up by the next attempt', async () => {
    await bench.change({ createMs: 400 });
    const late = keepReports();
    await bench.provider({ pace: { createMs: 50 } }).create('demo', specs('web-01'), late, never);
    expect(late.errors.get('web-01')).toMatchObject({ code: 'provider_unavailable' });
    const reports = keepReports();
    await bench.provider().create('demo', specs('web-01'), reports, never);
    expect(reports.ended.get('web-01')).toMatchObject({ state: 'running' });
    expect(await bench.servers()).toHaveLength(1);
  });

  it('a server that somebody stopped is shown as stopped, and started when it is wanted', async () => {
    await makeIn('demo', 'web-01');
    const [before] = await bench.servers();
    await bench.stop(before?.id ?? '');
    const [stopped] = await bench.provider().look('demo', never);
    expect(stopped).toMatchObject({ state: 'stopped', address: null });
    const reports = await makeIn('demo', 'web-01');
    expect(reports.ended.get('web-01')).toMatchObject({ externalId: before?.id, state: 'running' });
    expect(await bench.created()).toBe(1);
  });

  it('reads all pages', async () => {
    await bench.change({ createMs: 0, pageSize: 3 });
    const names = Array.from({ length: 8 }, (_, index) => `node-${index}`);
    await makeIn('demo', ...names);
    const seen = await bench.provider().look('demo', never);
    expect(seen.map(({ name }) => name).sort()).toEqual(names);
    const plan = await bench.provider().plan('demo', specs(...names), never);
    expect(plan.changes.every(({ action }) => action === 'keep')).toBe(true);
  });

  it.each([
    ['a call', () => bench.fault({ match: bench.creating, times: 1, delayMs: 20_000 })],
    ['a pause', () => bench.fault({ match: bench.creating, times: 1, ...bench.throttle, retryAfter: 15 })],
  ])(
    'an abort ends %s at once with its own reason',
    async (_what, hold) => {
      await hold();
      const stop = new AbortController();
      const reason = new Error('the lease is gone');
      const ended = errorOf(bench.provider().create('demo', specs('web-01'), keepReports(), stop.signal));
      await expect.poll(() => bench.faults()).toEqual([]);
      stop.abort(reason);
      expect(await ended).toBe(reason);
    },
    10_000,
  );

  it('an abort ends the wait for a server at once', async () => {
    await bench.change({ createMs: 60_000 });
    const stop = new AbortController();
    const reports = keepReports();
    const provider = bench.provider({ pace: { firstLookMs: 60_000, lookCapMs: 60_000, createMs: 600_000 } });
    const ended = errorOf(provider.create('demo', specs('web-01'), reports, stop.signal));
    await expect.poll(() => reports.lines).toHaveLength(1);
    const reason = new Error('cancelled');
    stop.abort(reason);
    expect(await ended).toBe(reason);
    expect(reports.ended.size + reports.errors.size).toBe(0);
  });
});
