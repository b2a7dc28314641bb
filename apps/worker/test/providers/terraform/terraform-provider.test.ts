import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { processGroup } from '../../../src/process/containment.ts';
import type { CommandResult } from '../../../src/process/run-command.ts';
import { createTerraformProvider } from '../../../src/providers/terraform/terraform-provider.ts';
import { describeTerraform } from './guarantees.ts';
import { player } from './player.ts';
import { never, type Recorded, type Run, reports } from './support.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'signalbox-terraform-played-')));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const read = (name: string) => readFileSync(new URL(`./recorded/${name}`, import.meta.url), 'utf8');
/** Made by `SIGNALBOX_RECORD_TERRAFORM=<file> npm run test:terraform`. */
const recorded: Recorded[] = JSON.parse(read('guarantees.json'));

function open(run: Run, programs: readonly string[] = ['terraform']) {
  const executables = new Map(programs.map((name) => [name, `/bin/${name}`]));
  const runtime = { executables, containment: processGroup };
  return createTerraformProvider({ root, workspace: 'ws-1', runtime, run });
}

describeTerraform(open(player(recorded)), join(root, 'ws-1/demo'));

const servers = ['fine', 'broken', 'slow'].map((name) => ({ name, plan: 'small', zone: 'eu-1' }));

/** Answers with a stream, and ends so. */
const says =
  (stream: string, result: CommandResult): Run =>
  async (_runtime, { onLine }) => {
    for (const line of read(stream).trim().split('\n')) onLine('stdout', line);
    return result;
  };
const exits = (exitCode: number): CommandResult => ({ ended: 'exited', exitCode, cut: false });

test('a server that terraform could not make fails alone, with its reason in the log and nothing of it in the error', async () => {
  const told = reports();
  await open(says('errored.jsonl', exits(1))).create('errors', servers, told, never);
  expect(told.told.filter((line) => !/ 0\.\d$/.test(line)).toSorted()).toEqual([
    'broken provider_refused',
    'fine done',
    'slow done',
  ]);
  // One that takes longer is heard of meanwhile.
  expect(told.told).toContain('slow 0.5');
  expect(told.logged.filter((line) => line.startsWith('error'))).toMatchObject([
    expect.stringContaining('local-exec provisioner error'),
  ]);
});

test('an infra that others hold is tried again later; a configuration that cannot be is not', async () => {
  const locked = open(says('locked.jsonl', exits(1))).create('locked', servers, reports(), never);
  await expect(locked).rejects.toMatchObject({
    retryable: true,
    safeError: { code: 'provider_unavailable' },
  });
  const invalid = open(says('invalid.jsonl', exits(1))).create('invalid', servers, reports(), never);
  await expect(invalid).rejects.toMatchObject({ retryable: false, safeError: { code: 'provider_refused' } });
});

test.each<CommandResult>([
  { ended: 'signalled', signal: 'SIGKILL', cut: false },
  { ended: 'timed_out', cut: false },
  { ended: 'not_started', code: 'EAGAIN' },
  // So does a program that was killed behind the one that contains it: it exits and has not said why.
  exits(1),
])('after $ended $signal$exitCode nothing is taken for done, and it is tried again', async (result) => {
  const cut: Run = async (runtime, asked, signal) => {
    const told: typeof asked.onLine = (stream, line) => {
      if (!line.includes('"type":"diagnostic"')) asked.onLine(stream, line);
    };
    return says('errored.jsonl', result)(runtime, { ...asked, onLine: told }, signal);
  };
  const told = reports();
  await expect(open(cut).create('cut', servers, told, never)).rejects.toMatchObject({
    retryable: true,
    safeError: { code: 'provider_unavailable' },
  });
  expect(told.made).toEqual([]);
});

test('lines that are none of the stream are passed over, and a report that fails ends the program', async () => {
  const lost = new Error('the lease is lost');
  const told = { ...reports(), log: () => Promise.reject(lost) };
  const ended: boolean[] = [];
  const noisy: Run = async (_runtime, { onLine }, signal) => {
    for (const line of ['', '{', '[1]', '{"type":"apply_complete"}', '{"type":"apply_complete","hook":7}'])
      onLine('stdout', line);
    for (const line of read('errored.jsonl').trim().split('\n')) onLine('stdout', line);
    await expect.poll(() => signal.aborted).toBe(true);
    ended.push(signal.aborted);
    throw signal.reason;
  };
  await expect(open(noisy).create('noisy', servers, told, never)).rejects.toBe(lost);
  expect(ended).toEqual([true]);
});

test('a worker without terraform and tofu says so for good; with tofu alone it runs that', async () => {
  const none = open(says('errored.jsonl', exits(0)), []);
  await expect(none.create('none', servers, reports(), never)).rejects.toMatchObject({
    retryable: false,
    safeError: { code: 'tool_missing' },
  });
  const names: string[] = [];
  const named: Run = async (_runtime, { command }) => {
    names.push(command.executable);
    return { ended: 'not_started', code: 'missing' };
  };
  for (const programs of [['tofu'], ['tofu', 'terraform']])
    await expect(open(named, programs).create('none', servers, reports(), never)).rejects.toThrow();
  expect(names).toEqual(['tofu', 'terraform']);
});

test('the program is given an argument list and an environment of its own, never one of the worker', async () => {
  const asked: { args: readonly string[]; env: object }[] = [];
  const keep: Run = async (_runtime, { command }) => {
    asked.push({ args: command.args, env: command.env });
    return exits(1);
  };
  const spec = { name: 'web.1_x', plan: 'small', zone: 'eu-1' };
  await expect(open(keep).create('given', [spec], reports(), never)).rejects.toThrow();
  expect(asked).toHaveLength(1);
  const [{ args, env } = { args: [], env: {} }] = asked;
  expect(args.at(-1)).toBe('-target=terraform_data.server["web.1_x"]');
  expect(args).toContain('-auto-approve');
  expect(Object.keys(env).toSorted()).toEqual([
    'CHECKPOINT_DISABLE',
    'HOME',
    'TF_CLI_CONFIG_FILE',
    'TF_IN_AUTOMATION',
  ]);
});

test('a state that nobody can read, with none before it, is left as it is', async () => {
  const folder = join(root, 'ws-1/ruined');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'terraform.tfstate'), '{"version": 4, "res');
  const nothing = open(player([]));
  await expect(nothing.create('ruined', servers, reports(), never)).rejects.toMatchObject({
    retryable: false,
    safeError: { code: 'conflict' },
  });
  expect(readFileSync(join(folder, 'terraform.tfstate'), 'utf8')).toBe('{"version": 4, "res');
});
