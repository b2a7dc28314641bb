import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../support/test-server.ts';

const run = promisify(execFile);
let server: TestServer;
let document: Document;

interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
}
interface Operation {
  security: object[];
  parameters?: { name: string; in: string }[];
  requestBody?: { required: boolean };
  responses: Record<string, { headers?: object; content?: object }>;
}

beforeAll(async () => {
  server = await startTestServer();
  document = (await (await fetch(`${server.url}/openapi.json`)).json()) as Document;
});
afterAll(() => server.app.close());

function operation(method: string, path: string): Operation {
  const found = document.paths[path]?.[method];
  if (found === undefined) throw new Error(`${method} ${path} is not in the document`);
  return found;
}

describe('the document tells what the server does', () => {
  it('real statuses, media types and headers', () => {
    const start = operation('post', '/admin/t/{tenantExternalId}/runs/{runType}');
    expect(Object.keys(start.responses)).toEqual(
      expect.arrayContaining([
        '200',
        '201',
        '400',
        '401',
        '402',
        '403',
        '404',
        '409',
        '413',
        '415',
        '422',
        '500',
      ]),
    );
    expect(start.responses['201']?.headers).toHaveProperty('Location');
    expect(start.responses['409']?.headers).toHaveProperty('Retry-After');
    expect(Object.keys(start.responses['404']?.content ?? {})).toEqual(['application/problem+json']);
    expect(Object.keys(operation('post', '/test/later').responses)).not.toContain('200');
  });

  it('security, bodies and request headers', () => {
    const start = operation('post', '/admin/t/{tenantExternalId}/runs/{runType}');
    expect(start.security).toEqual([{ bearerAuth: [] }, { apiKey: [] }, { sessionCookie: [] }]);
    expect(start.requestBody?.required).toBe(false);
    expect(start.parameters).toContainEqual(
      expect.objectContaining({ name: 'Idempotency-Key', in: 'header' }),
    );
    const chosen = start.parameters?.map(({ name }) => name);
    expect(chosen).toEqual(expect.arrayContaining(['X-Workspace-Id', 'X-Org-Id', 'X-User-Id', 'X-Actor']));
    expect(operation('post', '/auth/login').security).toEqual([]);
    expect(operation('post', '/auth/login').requestBody?.required).toBe(true);
    expect(operation('post', '/test/later')).not.toHaveProperty('requestBody');
  });

  it('the envelope of a reference contract', () => {
    expect(operation('post', '/auth/login').responses['401']?.content).toEqual({
      'application/json': { schema: { $ref: '#/components/schemas/ErrorResponse' } },
    });
  });
});

it('lints clean', async () => {
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
    ({ stdout, stderr }) => ({ ok: true, text: stdout + stderr }),
    (error: { stdout: string; stderr: string }) => ({ ok: false, text: error.stdout + error.stderr }),
  );
  await rm(directory, { recursive: true });
  expect(lint.text).not.toMatch(/warning|error/i);
  expect(lint.ok).toBe(true);
});

describe('the reference', () => {
  it('has no script, asks nobody else, and shows each operation', async () => {
    const response = await fetch(`${server.url}/docs`);
    const page = await response.text();
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page).not.toMatch(/<script|https?:\/\/(?!www\.apache)/);
    expect(page).toContain('/admin/t/{tenantExternalId}/runs/{runType}');
    expect(page).toContain('<main id="main">');
  });

  it('has a page for the type of every problem', async () => {
    const problem = (await (await fetch(`${server.url}/nowhere`)).json()) as { type: string };
    const page = await fetch(server.url + problem.type);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('/problems/not_found');
  });
});
