import { expect, test } from 'vitest';
import { checkArrows } from '../src/boundaries/check-arrows.ts';
import { checkHabits } from '../src/boundaries/check-habits.ts';
import { checkLength } from '../src/boundaries/check-length.ts';
import { checkManifests } from '../src/boundaries/check-manifests.ts';
import { checkPurity } from '../src/boundaries/check-purity.ts';

const file = (path: string, text: string) => ({ path, text });
const importing = (path: string, statement: string) => checkArrows([file(path, statement)]);

const allowed = [
  ['packages/domain/src/a/b.ts', `import { c } from '../c/d.ts';`],
  ['packages/domain/src/a/b.test.ts', `import fc from 'fast-check';`],
  ['packages/contracts/src/a/b.ts', `import { z } from 'zod'; import { c } from '@signalbox/domain/c/d';`],
  ['packages/contracts/src/a/b.ts', `import type { OpenApiMeta } from 'trpc-to-openapi';`],
  ['packages/contracts/src/a/b.ts', `import { other } from '@signalbox/contracts/a/other';`],
  [
    'packages/db/src/a/b.ts',
    `import { sql } from 'drizzle-orm'; import { readFile } from 'node:fs/promises';`,
  ],
  ['packages/db/test/a/b.test.ts', `import { start } from '@signalbox/testing/a';`],
  ['apps/api/src/a/b.ts', `import { c } from '@signalbox/db/c'; import { d } from '@signalbox/contracts/d';`],
  ['apps/worker/src/a/b.ts', `import { c } from '@signalbox/db/c'; import { run } from 'graphile-worker';`],
  [
    'apps/web/src/a/b.tsx',
    `import type { AppRouter } from '@signalbox/api/router'; import React from 'react';`,
  ],
  [
    'tooling/demo/src/main.ts',
    `import { c } from '@signalbox/api/c'; import { d } from '@signalbox/worker/d';`,
  ],
] as const;

test.each(allowed)('%s may say: %s', (path, statement) => {
  expect(importing(path, statement)).toEqual([]);
});

const forbidden = [
  ['packages/domain/src/a/b.ts', `import { z } from 'zod';`, 'as arguments'],
  ['packages/domain/src/a/b.ts', `import type { Row } from '@signalbox/db/row';`, 'hand the fact in'],
  ['packages/domain/src/a/b.ts', `import { createHash } from 'node:crypto';`, 'as arguments'],
  ['packages/contracts/src/a/b.ts', `import { c } from '@signalbox/db/c';`, 'packages/db'],
  ['packages/contracts/src/a/b.ts', `import { generate } from 'trpc-to-openapi';`, 'apps/api'],
  ['packages/contracts/src/a/b.ts', `import { initTRPC } from '@trpc/server';`, 'apps/api'],
  ['packages/db/src/a/b.ts', `import type { Shape } from '@signalbox/contracts/shape';`, 'packages/domain'],
  ['packages/db/src/a/b.ts', `import { c } from '@signalbox/testing/c';`, 'tooling is for development'],
  ['packages/db/src/a/b.ts', `export { c } from '../../../domain/src/c.ts';`, 'by its package name'],
  ['apps/web/src/a/b.tsx', `import { AppRouter } from '@signalbox/api/router';`, 'import type'],
  ['apps/web/src/a/b.tsx', `import type { Row } from '@signalbox/db/row';`, 'packages/contracts'],
  ['apps/web/src/a/b.tsx', `const { c } = await import('node:fs');`, 'browser'],
  ['apps/api/src/a/b.ts', `import { step } from '@signalbox/worker/step';`, 'stay in apps/worker'],
  ['apps/worker/src/a/b.ts', `import { route } from '@signalbox/api/route';`, 'stay in apps/api'],
  ['apps/worker/src/a/b.ts', `import { start } from '@signalbox/emulators/start';`, 'tooling'],
  ['apps/new/src/a.ts', `import a from 'a';`, 'arrows.ts'],
] as const;

test.each(forbidden)('%s may not say: %s', (path, statement, advice) => {
  const violations = importing(path, statement);
  expect(violations).toHaveLength(1);
  expect(violations[0]).toMatchObject({ path });
  expect(violations[0]?.message).toContain(advice);
  expect(violations[0]?.message).not.toContain('\n');
});

test('a package.json may not declare what the arrows forbid, save for development', () => {
  const manifest = (dependencies: object, devDependencies = {}) =>
    JSON.stringify({ dependencies, devDependencies }, null, 2);
  const check = (path: string, text: string) => checkManifests([file(path, text)]);
  expect(check('packages/db/package.json', manifest({ '@signalbox/domain': '*', pg: '1' }))).toEqual([]);
  expect(
    check('packages/domain/package.json', manifest({}, { vitest: '1', '@signalbox/testing': '*' })),
  ).toEqual([]);
  expect(check('packages/domain/package.json', manifest({ zod: '4' }))).toMatchObject([{ line: 3 }]);
  expect(check('packages/db/package.json', manifest({ pg: '1', '@signalbox/contracts': '*' }))).toMatchObject(
    [{ line: 4 }],
  );
  expect(check('apps/web/package.json', manifest({ '@signalbox/api': '*' }))).toHaveLength(1);
  expect(check('apps/worker/package.json', manifest({ '@signalbox/emulators': '*' }))).toHaveLength(1);
  expect(check('tooling/demo/package.json', manifest({ '@signalbox/api': '*' }))).toEqual([]);
});

test('the domain asks nobody for time, chance or the outside world', () => {
  const check = (text: string, path = 'packages/domain/src/a/b.ts') => checkPurity([file(path, text)]);
  const impure = [
    'const now = Date.now();',
    'const now = new Date();',
    'const drawn = Math.random();',
    'export async function load() {}',
    'const id = crypto.randomUUID();',
    'const url = process.argv[2];',
    'setTimeout(() => {}, 1);',
  ];
  for (const text of impure) expect(check(text), text).toHaveLength(1);
  const pure = [
    'const at = new Date(text);',
    '// Date.now() would be wrong here, and so would async code',
    `const said = 'new Date() and Math.random() and await';`,
    'const awaiting = status;',
  ];
  for (const text of pure) expect(check(text), text).toEqual([]);
  expect(check('const now = Date.now();', 'packages/domain/src/a/b.test.ts')).toEqual([]);
  expect(check('const now = Date.now();', 'packages/db/src/a/b.ts')).toEqual([]);
  expect(check('\n\nconst now = Date.now();')[0]).toMatchObject({ line: 3 });
});

test('there is one door for runs, one place for settings, and no reserved connection', () => {
  const check = (path: string, text: string) => checkHabits([file(path, text)]).map(({ message }) => message);
  const insert = 'await tx.query.execute(sql`\n  insert into runs (id) values (1)`);';
  expect(check('packages/db/src/commands/gate/admit-runs.ts', insert)).toEqual([]);
  expect(check('packages/db/src/commands/run/finish.ts', insert)[0]).toContain('start gate');
  expect(check('tooling/demo/src/seed.ts', insert)[0]).toContain('start gate');
  expect(check('packages/db/test/run/a.test.ts', insert)).toEqual([]);
  const update = `tx.query.update(runs).set({ status: 'failed' })`;
  expect(check('packages/db/src/commands/run/finish.ts', update)).toEqual([]);
  expect(check('packages/db/src/queries/run/get.ts', update)[0]).toContain('named commands');
  expect(check('apps/worker/src/a.ts', 'sql`update runs set status = 1`')[0]).toContain('named commands');
  expect(check('apps/worker/src/a.ts', '// update runs by hand')).toEqual([]);
  expect(check('packages/db/src/queries/a.ts', 'sql`update runs_archive set a = 1`')).toEqual([]);
  expect(check('apps/api/src/env.ts', 'process.env.PORT')).toEqual([]);
  expect(check('apps/api/src/main.ts', 'process.env.PORT')[0]).toContain('env.ts');
  expect(check('packages/db/src/a.ts', 'const one = await client.reserve();')[0]).toContain('inWorkspace');
});

test('a file of more than 400 lines is refused, one of more than 250 mentioned', () => {
  const lines = (count: number) => file(`a${count}.ts`, 'x\n'.repeat(count));
  const { violations, notices } = checkLength([lines(250), lines(251), lines(400), lines(401)]);
  expect(violations.map(({ path }) => path)).toEqual(['a401.ts']);
  expect(notices.map(({ path }) => path)).toEqual(['a251.ts', 'a400.ts']);
});
