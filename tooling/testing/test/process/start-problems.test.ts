import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { anyFreePort } from '@signalbox/demo/port';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { testKeyringText } from '../../src/fixtures/workspace.ts';
import { databaseUrl, withAdmin } from '../../src/postgres/admin.ts';
import '../../src/postgres/global-setup.ts';
import { startProcess } from '../../src/process/start-process.ts';

const adminUrl = inject('postgresAdminUrl');
const empty = `${inject('postgresTemplate')}_${randomBytes(4).toString('hex')}`;

beforeAll(() => withAdmin(adminUrl, (sql) => sql`create database ${sql(empty)}`));
afterAll(() => withAdmin(adminUrl, (sql) => sql`drop database if exists ${sql(empty)} with (force)`));

const programs = ['@signalbox/api/main', '@signalbox/worker/main'] as const;

/** Everything a program that could not start has said, and how it ended. */
async function refused(program: (typeof programs)[number], url: string) {
  const run = await startProcess({
    script: fileURLToPath(import.meta.resolve(program)),
    env: { DATABASE_URL: url, SIGNALBOX_KEYS: testKeyringText, PORT: '0' },
  });
  const { code } = await run.exited;
  return { code, lines: run.lines };
}

test.each(programs)('%s says in one line that the database cannot be reached', async (program) => {
  const port = await anyFreePort();
  const { code, lines } = await refused(program, `postgres://someone:a-secret@127.0.0.1:${port}/signalbox`);
  expect(lines).toEqual([
    `The database at 127.0.0.1:${port}/signalbox cannot be reached (ECONNREFUSED). Is PostgreSQL running there?`,
  ]);
  expect(code).toBe(1);
});

test.each(programs)(
  '%s says in one line that the database is not migrated, and how to do it',
  async (program) => {
    const { code, lines } = await refused(program, databaseUrl(adminUrl, empty));
    expect(lines).toEqual([
      expect.stringMatching(/^The database at \S+ is not migrated\. Run: npm run migrate$/),
    ]);
    expect(code).toBe(1);
  },
);

test.each(programs)('%s says in one line that there is no such database', async (program) => {
  const { code, lines } = await refused(program, databaseUrl(adminUrl, `${empty}_gone`));
  expect(lines).toEqual([
    expect.stringMatching(/^There is no database at \S+\. Create it, then run: npm run migrate$/),
  ]);
  expect(code).toBe(1);
});

test('the demo commands name the data directory they looked at', async () => {
  const run = await startProcess({
    script: fileURLToPath(import.meta.resolve('@signalbox/demo/cli')),
    args: ['heal'],
    env: { SIGNALBOX_DATA_DIR: '/nowhere/at-all' },
  });
  expect(await run.exited).toMatchObject({ code: 1 });
  expect(run.lines).toEqual([
    'No demo runs on /nowhere/at-all. Start one with: npm start. One with another data directory is named by SIGNALBOX_DATA_DIR.',
  ]);
});
