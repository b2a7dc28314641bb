import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { adminGetRunContract } from '@signalbox/contracts/admin-runs/get-run';
import { adminStartRunContract } from '@signalbox/contracts/admin-runs/start-run';
import { expect, it } from 'vitest';
import { operationsDocument } from '../../src/openapi/document.ts';
import { restOperations } from '../../src/openapi/operations.ts';
import { appRouter } from '../../src/router.ts';

const run = promisify(execFile);
const operations = restOperations(appRouter);
const document = operationsDocument(appRouter, operations, { version: '0.0.0', sockets: true });

it('the document of the whole API lints clean', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'signalbox-openapi-'));
  const file = join(directory, 'openapi.json');
  await writeFile(file, JSON.stringify(document));
  const cli = join(
    dirname(createRequire(import.meta.url).resolve('@redocly/cli/package.json')),
    'bin/cli.js',
  );
  const lint = await run(process.execPath, [cli, 'lint', file], {
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  }).then(
    ({ stdout, stderr }) => stdout + stderr,
    (error: { stdout: string; stderr: string }) => `error ${error.stdout}${error.stderr}`,
  );
  await rm(directory, { recursive: true });
  expect(lint).not.toMatch(/warning|error/i);
});

it('the admin-runs contract stands in it at its own paths, with every status it states', () => {
  for (const { meta } of [adminStartRunContract, adminGetRunContract]) {
    const { method, path, operationId } = meta.contract;
    const served = document.paths?.[path]?.[method.toLowerCase() as 'get' | 'post'];
    expect(served?.operationId).toBe(operationId);
    const stated = method === 'POST' ? ['200', '201', '403'] : ['200', '404'];
    expect(Object.keys(served?.responses ?? {})).toEqual(expect.arrayContaining(stated));
  }
});
