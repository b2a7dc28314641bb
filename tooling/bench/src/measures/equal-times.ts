import { randomBytes } from 'node:crypto';
import { startApi } from '@signalbox/api/start-api';
import { openDatabase } from '@signalbox/db/client/database';
import { createUser } from '@signalbox/db/commands/access/create-user';
import { startRuns } from '@signalbox/db/commands/gate/start-runs';
import { parseKeyring } from '@signalbox/db/secrets/envelope';
import type { BenchWorkspace } from '../bench-workspace.ts';
import { type Spread, spread } from '../stats.ts';

/** Two questions that must not be told apart by how long the answer takes. */
export interface TimedPair {
  readonly what: string;
  /** Milliseconds, by what was asked. */
  readonly times: Readonly<Record<string, Spread>>;
}

const password = 'a password of the bench';

/**
 * How long refused sign-ins and 404s take over HTTP, asked in turn so that a drifting machine drifts for both. Printed
 * for a person to look at; that the work is equal is what a test asserts.
 */
export async function equalTimes(url: string, workspace: BenchWorkspace): Promise<TimedPair[]> {
  const db = await openDatabase({ url, name: 'bench times', max: 2 });
  const username = 'bench-times';
  const userId = await createUser(db, { username, email: 'times@example.org', password });
  if (userId === null) throw new Error('The database was used for a bench before; take a fresh one.');
  const { workspaceId } = workspace.principal;
  const [started] = await startRuns(db, workspaceId, [workspace.start(5_999)]);
  const foreign = started?.kind === 'decided' ? started.run?.id : undefined;
  if (foreign === undefined) throw new Error('There is no run to ask for.');
  const plenty = { address: 1_000_000, account: 1_000_000, codes: 1_000_000, refresh: 1_000_000 };
  const api = await startApi({
    databaseUrl: url,
    keyring: parseKeyring(`bench:${randomBytes(32).toString('base64')}`),
    host: '127.0.0.1',
    port: 0,
    demoPassword: null,
    limits: plenty,
  });
  try {
    const logIn = (name: string, given: string) =>
      post(`${api.url}/auth/login`, { username: name, password: given });
    const { data } = (await (await logIn(username, password)).json()) as { data: { token: string } };
    const headers = { authorization: `Bearer ${data.token}` };
    const run = (id: number) => () => fetch(`${api.url}/v1/runs/${id}`, { headers });
    return [
      await inTurn('refused sign-in', 30, {
        'unknown name': () => logIn('nobody-of-this-name', 'wrong'),
        'wrong password': () => logIn(workspace.principal.username, 'wrong'),
      }),
      await inTurn('404', 200, { unknown: run(2_000_000_000), foreign: run(foreign) }),
    ];
  } finally {
    await api.close();
    await db.close();
  }
}

async function inTurn(
  what: string,
  rounds: number,
  questions: Readonly<Record<string, () => Promise<Response>>>,
): Promise<TimedPair> {
  const samples = Object.entries(questions).map(([name, ask]) => ({ name, ask, times: [] as number[] }));
  for (let round = -3; round < rounds; round++) {
    for (const { ask, times } of samples) {
      const begun = performance.now();
      await (await ask()).arrayBuffer();
      if (round >= 0) times.push(performance.now() - begun);
    }
  }
  return { what, times: Object.fromEntries(samples.map(({ name, times }) => [name, spread(times)])) };
}

function post(url: string, body: object): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}
