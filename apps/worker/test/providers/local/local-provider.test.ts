import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createLocalProvider } from '../../../src/providers/local/local-provider.ts';
import type { Server, ServerReports } from '../../../src/providers/servers/server-provider.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'signalbox-local-')));
afterAll(() => rmSync(root, { recursive: true, force: true, maxRetries: 5 }));
const never = new AbortController().signal;
const provider = createLocalProvider({ root, workspace: 'ws-1', sh: '/bin/sh' });
const web = { name: 'web-01', plan: 'small', zone: 'local' };

function reports(run = 'run-1'): ServerReports & { readonly told: string[]; readonly made: Server[] } {
  const told: string[] = [];
  const made: Server[] = [];
  return {
    told,
    made,
    log: async () => undefined,
    key: (name) => `${run}:${name}`,
    progress: async () => undefined,
    done: async (name, server) => {
      told.push(`${name} done`);
      if (server !== null) made.push(server);
    },
    failed: async (name, { code }) => void told.push(`${name} ${code}`),
  };
}

/** Processes that run a machine in a folder below the root. */
function processesIn(folder: string): number[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  return lines
    .filter((line) => line.includes(`machine.sh ${folder} `))
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
  const state = async () => (await provider.look('demo', never)).find(({ name }) => name === 'web-02')?.state;
  await expect.poll(state, { timeout: 10_000, interval: 200 }).toBe('stopped');
  await provider.create('demo', [server], reports(), never);
  expect(await state()).toBe('running');
  const gone = reports();
  await provider.remove('demo', ['web-02', 'never-was'], gone, never);
  expect(gone.told.sort()).toEqual(['never-was done', 'web-02 done']);
  await expect.poll(() => processesIn(folder), { timeout: 5_000 }).toEqual([]);
  expect(readdirSync(join(root, 'ws-1/demo'))).not.toContain('web-02');
});

test('two workers that make a server of the same name under two keys at once make one, and one of them is told', async () => {
  const race = { ...web, name: 'race-01' };
  const both = [reports('run-2'), reports('run-3')];
  await Promise.all(both.map((one) => provider.create('race', [race], one, never)));
  const told = both.flatMap((one) => one.told);
  // Whoever looks when it is there already takes it as it is; whoever is late by a moment is told of the conflict.
  expect(told.filter((line) => line === 'race-01 done').length).toBeGreaterThan(0);
  expect(readdirSync(join(root, 'ws-1/race'))).toEqual(['race-01']);
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
