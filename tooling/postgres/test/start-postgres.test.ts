import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type PostgresServer, startPostgres } from '../src/start-postgres.ts';
import { makeThrowAwayDirectory, type ThrowAwayDirectory } from '../src/throw-away-directory.ts';

let place: ThrowAwayDirectory;

beforeEach(() => {
  place = makeThrowAwayDirectory();
});

afterEach(() => place.close());

function start(port = 0): Promise<PostgresServer> {
  return startPostgres({ dataDir: place.dataDir, port, settings: { fsync: false } });
}

async function query(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await sql.unsafe(statement);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

describe('a start', () => {
  test('gives a UTF-8 database in the C locale that keeps its rows over a stop', async () => {
    const first = await start();
    await query(first.url, "create table kept as select 'Zürich ✓' as name");
    await first.stop();
    await first.stop();
    const second = await start();
    expect(second.adopted).toBe(false);
    expect(await query(second.url, 'select name from kept')).toEqual([{ name: 'Zürich ✓' }]);
    const [database] = await query(
      second.url,
      'select current_database() as name, datcollate, pg_encoding_to_char(encoding) as encoding from pg_database where datname = current_database()',
    );
    expect(database).toEqual({ name: 'signalbox', datcollate: 'C', encoding: 'UTF8' });
  });

  test('lets in only who knows the password, and keeps that readable by its owner alone', async () => {
    const server = await start();
    const url = new URL(server.url);
    url.password = 'guessed';
    await expect(query(url.href, 'select 1')).rejects.toThrow(/password authentication failed/);
    expect(statSync(`${place.dataDir}.password`).mode & 0o777).toBe(0o600);
    expect(await query(server.url, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
  });

  test('takes the next port when the wanted one is in use', async () => {
    const blocker = createServer();
    const taken = await new Promise<number>((resolve) => {
      blocker.listen(0, '127.0.0.1', () => resolve((blocker.address() as { port: number }).port));
    });
    try {
      const server = await start(taken);
      expect(server.port).toBeGreaterThan(taken);
      expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    } finally {
      blocker.close();
    }
  });

  test('passes settings to the server', async () => {
    const settings = { fsync: false, max_connections: 17, application_name: "it's" };
    const server = await startPostgres({ dataDir: place.dataDir, port: 0, settings });
    expect(await query(server.url, 'show max_connections')).toEqual([{ max_connections: '17' }]);
    expect(await query(server.url, 'show fsync')).toEqual([{ fsync: 'off' }]);
  });

  test('works below a private directory that only its owner may enter', async () => {
    const home = mkdtempSync(join(place.home, 'private-'));
    const dataDir = join(home, 'postgres');
    const options = { dataDir, port: 0, settings: { fsync: false } };
    const first = await startPostgres(options);
    try {
      await query(first.url, 'create table kept as select 1 as one');
      await first.stop();
      const second = await startPostgres(options);
      expect(second.dataDir).toBe(first.dataDir);
      expect(await query(second.url, 'select one from kept')).toEqual([{ one: 1 }]);

      await second.stop();
      rmSync(home, { recursive: true });
      mkdirSync(home, { mode: 0o700 });
      const fresh = await startPostgres(options);
      await expect(query(fresh.url, 'select one from kept')).rejects.toThrow(/does not exist/);
      expect(fresh.dataDir === first.dataDir || !existsSync(first.dataDir)).toBe(true);
      await fresh.stop();
      rmSync(dirname(fresh.dataDir), { recursive: true });
    } finally {
      await first.stop();
    }
  });

  test('shares one cluster and one server with a start at the same moment', async () => {
    const [one, two] = await Promise.all([start(), start()]);
    expect(one.pid).toBe(two.pid);
    expect(readdirSync(place.home).filter((name) => name.includes('.init-'))).toEqual([]);
    await one.stop();
    const [three, four] = await Promise.all([start(), start()]);
    expect(three.pid).toBe(four.pid);
    expect(three.url).toBe(four.url);
  });

  test('clears away what a killed initdb left and begins again', async () => {
    const leftover = `${place.dataDir}.init-2147483646-abc`;
    mkdirSync(join(leftover, 'data'), { recursive: true });
    writeFileSync(join(leftover, 'data', 'PG_VERSION'), '18\n');
    const server = await start();
    expect(existsSync(leftover)).toBe(false);
    expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});

describe('a start that cannot succeed says why', () => {
  test('when the directory holds something else', async () => {
    mkdirSync(place.dataDir);
    writeFileSync(join(place.dataDir, 'thesis.txt'), 'precious');
    await expect(start()).rejects.toThrow(/is not empty and is not a PostgreSQL data directory/);
    expect(readdirSync(place.dataDir)).toEqual(['thesis.txt']);
  });

  test('when another major version made the data', async () => {
    const server = await start();
    await server.stop();
    writeFileSync(join(place.dataDir, 'PG_VERSION'), '15\n');
    await expect(start()).rejects.toThrow(/was made by PostgreSQL 15/);
  });

  test('when the password is gone', async () => {
    const server = await start();
    await server.stop();
    rmSync(`${place.dataDir}.password`);
    await expect(start()).rejects.toThrow(/postgres\.password is missing/);
  });

  test('when the server refuses a setting', async () => {
    const options = { dataDir: place.dataDir, port: 0 };
    await expect(
      startPostgres({ ...options, settings: { fsync: false, max_connections: 'many' } }),
    ).rejects.toThrow(/did not start[\s\S]*invalid value for parameter "max_connections"/);
    await expect(startPostgres({ ...options, settings: { 'fsync = off\nport': 1 } })).rejects.toThrow(
      /is not the name of a server setting/,
    );
  });
});
