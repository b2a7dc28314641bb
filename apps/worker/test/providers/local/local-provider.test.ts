import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { createLocalCloud } from '../../../src/providers/local/local-cloud.ts';
import { createLocalProvider } from '../../../src/providers/local/local-provider.ts';
import { reports } from './support.ts';

const workerLike = fileURLToPath(new URL('./worker-like.ts', import.meta.url));
const root = realpathSync(mkdtempSync(join(tmpdir(), 'signalbox-local-')));
afterAll(() => rmSync(root, { recursive: true, force: true, maxRetries: 5 }));
const never = new AbortController().signal;
const provider = createLocalProvider({ root, workspace: 'ws-1', sh: '/bin/sh' });
const web = { name: 'web-01', plan: 'small', zone: 'local' };

/** Processes that run a machine in a folder below the root. */
function processesIn(folder: string): number[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  return lines
    .filter((line) => line.includes(`machine.sh ${folder}`))
    .map((line) => Number.parseInt(line, 10));
}

test('a server is a folder with one process, and making it again under the same key makes no second one', async () => {
  const first = reports();
  await provider.create('demo', [web], first, never);
  expect(first.told).toEqual(['web-01 done']);
  const folder = join(root, 'ws-1/demo/web-01');
  expect(first.made[0]).toMatchObject({
    state: 'running',
    address: `local:${folder}`,
    externalId: 'demo/web-01',
  });
  const [pid] = processesIn(folder);
  expect(processesIn(folder)).toHaveLength(1);
  const again = reports();
  await Promise.all([
    provider.create('demo', [web], again, never),
    provider.create('demo', [web], reports(), never),
  ]);
  expect(again.told).toEqual(['web-01 done']);
  expect(processesIn(folder)).toEqual([pid]);
  expect(await provider.look('demo', never)).toHaveLength(1);
  expect(await provider.look('other', never)).toEqual([]);
  const stranger = createLocalProvider({ root, workspace: 'ws-2', sh: '/bin/sh' });
  expect(await stranger.look('demo', never)).toEqual([]);
});

test('a process that was killed is seen to be gone and is started again; what is removed leaves nothing', async () => {
  const server = { ...web, name: 'web-02' };
  await provider.create('demo', [server], reports(), never);
  const folder = join(root, 'ws-1/demo/web-02');
  for (const pid of processesIn(folder)) process.kill(pid, 'SIGKILL');
  await expect.poll(() => processesIn(folder)).toEqual([]);
  // It has been silent for a while, without waiting for it.
  const earlier = Date.now() / 1_000 - 10;
  utimesSync(join(folder, 'machine/alive'), earlier, earlier);
  const state = async () => (await provider.look('demo', never)).find(({ name }) => name === 'web-02')?.state;
  await expect.poll(state, { interval: 200 }).toBe('stopped');
  await provider.create('demo', [server], reports(), never);
  expect(await state()).toBe('running');
  const gone = reports();
  await provider.remove('demo', ['web-02', 'never-was'], gone, never);
  expect(gone.told.sort()).toEqual(['never-was done', 'web-02 done']);
  await expect.poll(() => processesIn(folder)).toEqual([]);
  expect(readdirSync(join(root, 'ws-1/demo'))).not.toContain('web-02');
});

test('a name belongs to the key it was first made under: of two at once one is told of the conflict', async () => {
  // Both have looked and seen nothing, as two workers at once may have.
  const cloud = createLocalCloud({ root, workspace: 'ws-1', sh: '/bin/sh' });
  const spec = { ...web, name: 'race-01' };
  const begin = (key: string) =>
    cloud.begin({ infra: 'race', spec, key, plan: { diskGb: null, architecture: null } }, never);
  const tries = await Promise.allSettled(['one', 'two', 'one', 'two'].map(begin));
  const codes = tries.map((each) => (each.status === 'rejected' ? each.reason.facts.code : 'made'));
  expect([
    ['made', 'NAME_TAKEN', 'made', 'NAME_TAKEN'],
    ['NAME_TAKEN', 'made', 'NAME_TAKEN', 'made'],
  ]).toContainEqual(codes);
  expect(readdirSync(join(root, 'ws-1/race'))).toEqual(['race-01']);
  await expect.poll(() => processesIn(join(root, 'ws-1/race/race-01')).length).toBe(1);
});

test('a worker that is killed at any moment leaves nothing twice, and nothing that is not taken away', async () => {
  const names = ['web.gone', 'web.new', 'last'];
  const wanted = names.map((name) => ({ ...web, name }));
  const folder = join(root, 'ws-1/killed');
  for (const ms of [0, 15, 40, 60, 90, 130, 200, 350]) {
    const like = spawn(process.execPath, [workerLike, root, ...names], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(like, 'exit');
    await once(like.stdout, 'data');
    await delay(ms);
    like.kill('SIGKILL');
    await exited;
    const told = reports();
    await provider.create('killed', wanted, told, never);
    expect(told.told.sort()).toEqual(names.map((name) => `${name} done`).sort());
    expect((await provider.look('killed', never)).map(({ name }) => name).sort()).toEqual([...names].sort());
    await expect.poll(() => processesIn(folder).length).toBe(names.length);
  }
  // What may be left where a worker dies between two steps.
  for (const [at, name] of names.entries())
    mkdirSync(join(folder, `.${name}.${'a'.repeat(11)}${at}/deep`), { recursive: true });
  expect(await provider.look('killed', never)).toHaveLength(names.length);
  await provider.remove('killed', names, reports(), never);
  expect(readdirSync(folder)).toEqual([]);
  await expect.poll(() => processesIn(folder)).toEqual([]);
});

test('what cannot be had, and a name that is none, is refused before anything is made', async () => {
  const wanted = [
    { ...web, name: 'big-01', plan: 'enormous' },
    { ...web, name: 'far-01', zone: 'moon' },
    { ...web, name: '../out' },
    { ...web, name: '-rf' },
  ];
  const told = reports();
  await provider.create('refused', wanted, told, never);
  expect(told.told.sort()).toEqual([
    '-rf provider_refused',
    '../out provider_refused',
    'big-01 provider_refused',
    'far-01 provider_refused',
  ]);
  expect(readdirSync(join(root, 'ws-1'))).not.toContain('refused');
  const plan = await provider.plan('demo', [web, { ...web, name: 'new-01' }], never);
  expect(plan).toEqual({
    changes: [
      { action: 'keep', name: 'web-01' },
      { action: 'create', name: 'new-01' },
    ],
    problems: [],
  });
  await expect(provider.look('../..', never)).rejects.toThrow();
});
