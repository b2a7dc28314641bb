import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const here = fileURLToPath(new URL('../..', import.meta.url));

test('the migrations make exactly the tables that the schema describes', async () => {
  const copy = await mkdtemp(join(tmpdir(), 'signalbox-migrations-'));
  try {
    await cp(join(here, 'migrations'), copy, { recursive: true });
    const before = await readdir(copy, { recursive: true });
    const args = [
      'generate',
      '--dialect',
      'postgresql',
      '--schema',
      './src/schema/*.ts',
      '--out',
      relative(here, copy),
    ];
    const { stdout } = await run(join(here, 'node_modules/.bin/drizzle-kit'), args, { cwd: here });
    expect(stdout).toContain('No schema changes');
    expect(await readdir(copy, { recursive: true })).toEqual(before);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
});
