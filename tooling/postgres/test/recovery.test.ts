import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import postgres from 'postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { asAccount, chooseAccount } from '../src/account.ts';
import { isServerAlive } from '../src/postmaster-pid.ts';
import { type PostgresServer, startPostgres } from '../src/start-postgres.ts';
import { makeThrowAwayDirectory, type ThrowAwayDirectory } from '../src/throw-away-directory.ts';

let place: ThrowAwayDirectory;
let strangers: ChildProcess[] = [];

beforeEach(() => {
  place = makeThrowAwayDirectory();
});

afterEach(async () => {
  for (const stranger of strangers) stranger.kill('SIGKILL');
  strangers = [];
  await place.close();
});

function start(): Promise<PostgresServer> {
  return startPostgres({ dataDir: place.dataDir, port: 0, settings: { fsync: false } });
}

/** A shell under the account that runs the server, so that PostgreSQL's own check would mind it. */
function runStranger(script: string): ChildProcess {
  const account = asAccount(chooseAccount(place.dataDir));
  const child = spawn('/bin/sh', ['-c', script], {
    ...account,
    cwd: '/',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  strangers.push(child);
  return child;
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('the process has no output');
  const [line] = await once(createInterface(child.stdout), 'line');
  return line as string;
}

async function countRows(server: PostgresServer): Promise<unknown> {
  const sql = postgres(server.url, { max: 1 });
  try {
    const [row] = await sql`select count(*)::int as rows from kept`;
    return row?.rows;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** Leaves one committed row and one open transaction behind. */
async function commitAndLeaveOpen(server: PostgresServer): Promise<postgres.Sql> {
  const sql = postgres(server.url, { max: 1, onnotice: () => {}, connect_timeout: 1 });
  await sql`create table kept (id int)`;
  await sql`insert into kept values (1)`;
  await sql.unsafe('begin; insert into kept values (2)').simple();
  return sql;
}

test('the server of a killed process is taken over, not started twice', async () => {
  const script = `
    import { startPostgres } from ${JSON.stringify(new URL('../src/start-postgres.ts', import.meta.url).href)};
    const server = await startPostgres({ dataDir: ${JSON.stringify(place.dataDir)}, port: 0, settings: { fsync: false } });
    process.stdout.write(server.pid + '\\n');
    setInterval(() => {}, 1000);`;
  const owner = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const pid = Number(await firstLine(owner));
  owner.kill('SIGKILL');
  await once(owner, 'exit');

  const server = await start();
  expect(server.adopted).toBe(true);
  expect(server.pid).toBe(pid);
  await server.stop();
  expect(isServerAlive(pid, place.dataDir)).toBe(false);
});

test('after a crash the next start has what was committed and nothing else', async () => {
  const server = await start();
  const sql = await commitAndLeaveOpen(server);
  await server.crash();
  const next = await start();
  expect(next.adopted).toBe(false);
  expect(await countRows(next)).toBe(1);
  await sql.end({ timeout: 1 });
});

test('a server killed under a busy session starts again at once', async () => {
  const server = await start();
  const sql = await commitAndLeaveOpen(server);
  process.kill(server.pid, 'SIGKILL');
  const next = await start();
  expect(next.pid).not.toBe(server.pid);
  expect(await countRows(next)).toBe(1);
  await sql.end({ timeout: 1 });
});

test('a start waits for a child that outlives its killed server', async () => {
  const server = await start();
  const sql = await commitAndLeaveOpen(server);
  const [row] = await sql<[{ pid: number }]>`select pg_backend_pid() as pid`;
  process.kill(row.pid, 'SIGSTOP');
  process.kill(server.pid, 'SIGKILL');
  const starting = start();
  try {
    await expect.poll(() => readFileSync(`${place.dataDir}.log`, 'utf8')).toContain('is still in use');
  } finally {
    process.kill(row.pid, 'SIGKILL');
  }
  expect(await countRows(await starting)).toBe(1);
  await sql.end({ timeout: 1 });
});

test('a pid file that names a living stranger does not stop the start', async () => {
  await replacePid(async () => Number(await firstLine(runStranger('echo $$; exec sleep 60'))));
});

test('a pid file that names a zombie does not stop the start', async () => {
  // The shell becomes a sleep that never collects its dead child.
  await replacePid(async () => {
    const pid = Number(await firstLine(runStranger('sleep 0.05 & echo $!; exec sleep 60')));
    const state = (): string => /State:\s+(\w)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '';
    if (process.platform === 'linux') await expect.poll(state).toBe('Z');
    return pid;
  });
});

/** Stops a server hard and writes another process's number into the pid file it leaves. */
async function replacePid(stranger: () => Promise<number>): Promise<void> {
  const server = await start();
  const pidFile = join(place.dataDir, 'postmaster.pid');
  const content = readFileSync(pidFile, 'utf8');
  process.kill(server.pid, 'SIGKILL');
  await expect.poll(() => isServerAlive(server.pid, place.dataDir)).toBe(false);
  writeFileSync(pidFile, content.replace(/^\d+/, String(await stranger())));
  const next = await start();
  expect(next.adopted).toBe(false);
  expect(next.pid).not.toBe(server.pid);
}
