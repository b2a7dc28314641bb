import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openCommandRuntime } from '../../../src/process/command-runtime.ts';
import { runCommand } from '../../../src/process/run-command.ts';
import { createTerraformProvider } from '../../../src/providers/terraform/terraform-provider.ts';
import { describeTerraform } from './guarantees.ts';
import { recorder } from './record.ts';
import { never, type Run, reports } from './support.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'signalbox-terraform-test-')));
const runtime = await openCommandRuntime({ path: process.env.PATH ?? '' });
const recordTo = process.env.SIGNALBOX_RECORD_TERRAFORM;
const { run, kept } = recorder();
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
  if (recordTo !== undefined) writeFileSync(recordTo, `${JSON.stringify(kept, null, 1)}\n`);
});

const open = (how: Run = runCommand) =>
  createTerraformProvider({ root, workspace: 'ws-1', runtime, run: how });
const folderOf = (infra: string) => join(root, 'ws-1', infra);

describeTerraform(open(run), folderOf('demo'));

const provider = open();
/** So many that the program is still at it when the first is told of. */
const many = Array.from({ length: 150 }, (_, index) => ({ name: `n-${index}`, plan: 'small', zone: 'eu-1' }));

/** Does something when the program tells of the 20th server it has made: the first may not be in the state yet. */
function halfway(act: (cwd: string) => void): Run {
  return (settings, { command, onLine }, signal) => {
    let complete = 0;
    const told: typeof onLine = (stream, text) => {
      onLine(stream, text);
      if (text.includes('"type":"apply_complete"')) complete += 1;
      else return;
      if (complete === 20) act(command.cwd);
    };
    return runCommand(settings, { command, onLine: told }, signal);
  };
}

/** Processes that work in a directory. */
function processesIn(folder: string): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === folder;
    } catch {
      return false;
    }
  });
}

const isTerraform = (pid: number) => /terraform|tofu/.test(readFileSync(`/proc/${pid}/comm`, 'utf8'));

test('a program that is killed halfway leaves a state and a lock with which the next attempt goes on', async () => {
  const folder = folderOf('killed');
  const kill = (cwd: string) => {
    for (const pid of processesIn(cwd).filter(isTerraform)) process.kill(pid, 'SIGKILL');
  };
  const first = reports();
  await expect(open(halfway(kill)).create('killed', many, first, never)).rejects.toMatchObject({
    retryable: true,
    safeError: { code: 'provider_unavailable' },
  });
  // Nobody knows yet what of it is in the state.
  expect(first.told.filter((line) => !/ 0\.[19]$/.test(line))).toEqual([]);
  const before = await provider.look('killed', never);
  expect(before.length).toBeLessThan(many.length);
  expect(readdirSync(folder)).toContain('.terraform.tfstate.lock.info');

  const second = reports();
  await provider.create('killed', many, second, never);
  expect(second.made).toHaveLength(many.length);
  const after = await provider.look('killed', never);
  expect(after).toHaveLength(many.length);
  expect(after).toEqual(expect.arrayContaining([...before]));
});

test('a cancel ends the program within its time with a whole state, and nothing of it goes on', async () => {
  const folder = folderOf('cancelled');
  const cancel = new AbortController();
  const reason = new Error('cancelled');
  const first = reports();
  const work = open(halfway(() => cancel.abort(reason))).create('cancelled', many, first, cancel.signal);
  await expect(work).rejects.toBe(reason);
  expect(processesIn(folder)).toEqual([]);
  expect(readdirSync(folder)).not.toContain('.terraform.tfstate.lock.info');
  const before = await provider.look('cancelled', never);
  expect(before.length).toBeGreaterThan(0);
  expect(before.length).toBeLessThan(many.length);
  await provider.create('cancelled', many, reports(), never);
  const after = await provider.look('cancelled', never);
  expect(after).toHaveLength(many.length);
  expect(after).toEqual(expect.arrayContaining([...before]));
});

test('several at work on one infra take turns, and none undoes what another has done', async () => {
  const [old, ...others] = many.slice(0, 6);
  if (old === undefined) throw new Error('There are too few.');
  await provider.create('shared', [old], reports(), never);
  const told = others.map(() => reports());
  await Promise.all([
    provider.remove('shared', [old.name], reports(), never),
    ...others.map((spec, index) => open().create('shared', [spec], told[index] ?? reports(), never)),
  ]);
  const names = (await provider.look('shared', never)).map(({ name }) => name);
  expect(names.toSorted()).toEqual(others.map(({ name }) => name).toSorted());
  expect(told.map(({ made }) => made.length)).toEqual(others.map(() => 1));
});

test('two who want the same server at once get the same one', async () => {
  const [spec] = many;
  if (spec === undefined) throw new Error('There is none.');
  const told = [reports('run-1'), reports('run-2')];
  await Promise.all(told.map((each) => open().create('same', [spec], each, never)));
  const [server] = await provider.look('same', never);
  expect(told.map(({ made }) => made)).toEqual([[server], [server]]);
});

test('a state that a crash left half written or empty is taken from its newest copy, and the log says so', async () => {
  const three = many.slice(0, 3);
  await provider.create('torn', three.slice(0, 1), reports(), never);
  const file = join(folderOf('torn'), 'terraform.tfstate');
  writeFileSync(file, '');
  expect(await provider.look('torn', never)).toMatchObject([{ name: 'n-0' }]);
  await provider.create('torn', three.slice(0, 2), reports(), never);
  const before = await provider.look('torn', never);
  writeFileSync(file, readFileSync(file, 'utf8').slice(0, 200));
  expect(await provider.look('torn', never)).toEqual(before);
  const told = reports();
  await provider.create('torn', three, told, never);
  expect(told.logged.filter((line) => line.startsWith('warning'))).toHaveLength(1);
  const after = await provider.look('torn', never);
  expect(after).toHaveLength(3);
  expect(after).toEqual(expect.arrayContaining([...before]));
});
