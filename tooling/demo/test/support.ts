import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { demoTenants } from '@signalbox/emulators/graph/seed/tenants';
import { isAlive } from '@signalbox/testing/process/is-alive';
import { startProcess, type TestProcess } from '@signalbox/testing/process/start-process';
import { waitUntil } from '@signalbox/testing/wait-until';
import { type DemoState, readState } from '../src/state-file.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const script = (name: string): string => fileURLToPath(new URL(`../src/${name}.ts`, import.meta.url));
export const closingLine =
  /^Signalbox is ready: (http:\/\/localhost:\d+) · sign in as operator \/ signalbox-demo · Ctrl-C stops$/;

/** Runs one of the demo's two programs the way `npm` would. */
export function runDemo(
  program: 'start' | 'cli',
  home: string,
  options: { readonly env?: Record<string, string>; readonly args?: readonly string[] } = {},
): Promise<TestProcess> {
  const { env, args = [] } = options;
  return startProcess({
    script: script(program),
    args,
    cwd: root,
    // A short lease, so that a takeover does not keep a test waiting.
    env: { SIGNALBOX_DATA_DIR: home, SIGNALBOX_LEASE_MS: '5000', PATH: pathWithPnpm(home), ...env },
  });
}

/** The path with the programs of the repository and a pnpm, which both are there under `npm`. */
function pathWithPnpm(home: string): string {
  const pnpm = join(home, 'pnpm');
  writeFileSync(pnpm, '#!/bin/sh\nexec npx --yes --prefer-offline pnpm@12.21.0 "$@"\n');
  chmodSync(pnpm, 0o755);
  return [join(root, 'node_modules', '.bin'), process.env.PATH ?? '', home].join(delimiter);
}

/** What the running demo says about itself. */
export async function stateOf(home: string): Promise<DemoState> {
  const state = await readState(home);
  if (state === null) throw new Error('No demo runs here.');
  return state;
}

/** The process, its children and their children. */
export function familyOf(pid: number): number[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const pairs = lines.map((line) => line.trim().split(/\s+/).map(Number));
  const family = [pid];
  for (const parent of family) {
    for (const [child = 0, of] of pairs) if (of === parent) family.push(child);
  }
  return family;
}

/** Waits until none of the processes lives any more. */
export async function allGone(pids: readonly number[]): Promise<void> {
  await waitUntil('all processes to end', () => pids.filter(isAlive), {
    until: (alive) => alive.length === 0,
    timeoutMs: 40_000,
  });
}

/** A policy of contoso as the emulator holds it now, without the address that it answered at. */
export async function livePolicy(emulatorUrl: string, id: string): Promise<Record<string, unknown>> {
  const contoso = demoTenants.find(({ alias }) => alias === 'contoso');
  if (contoso === undefined) throw new Error('There is no contoso.');
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: contoso.clientId,
    client_secret: contoso.clientSecret,
    scope: 'https://graph.microsoft.com/.default',
  });
  const login = await fetch(`${emulatorUrl}/${contoso.id}/oauth2/v2.0/token`, { method: 'POST', body });
  const { access_token: token } = (await login.json()) as { access_token: string };
  const path = `/v1.0/deviceManagement/deviceConfigurations/${id}`;
  const answer = await fetch(`${emulatorUrl}${path}`, { headers: { authorization: `Bearer ${token}` } });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  const { '@odata.context': _, ...policy } = (await answer.json()) as Record<string, unknown>;
  return policy;
}
