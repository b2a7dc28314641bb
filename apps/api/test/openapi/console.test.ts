import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../support/test-server.ts';

let server: TestServer;
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'signalbox-console-'));
  await mkdir(join(directory, 'assets'));
  await writeFile(
    join(directory, 'index.html'),
    '<!doctype html><script>theme()</script><script src="/assets/a.js"></script>',
  );
  await writeFile(join(directory, 'assets', 'a.js'), 'app()');
  server = await startTestServer({ consoleDirectory: directory });
});
afterAll(async () => {
  await server.app.close();
  await rm(directory, { recursive: true });
});

it('answers its page at every address the console routes', async () => {
  for (const path of ['/', '/sign-in', '/setup', '/join', '/w/ws-default/runs/7?tab=log']) {
    const response = await fetch(server.url + path);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await response.text()).toContain('/assets/a.js');
  }
});

it('allows the inline script by its hash and no other', async () => {
  const { headers } = await fetch(server.url);
  // SHA-256 of `theme()` in base64, computed apart.
  const hash = 'sha256-Rfr3GgHZFiXm+TmNr+li+0sZ4J9FGllo8jsXcJF5XZ8=';
  expect(headers.get('content-security-policy')).toContain(`script-src 'self' '${hash}';`);
});

it('lets hashed assets be kept and asks anew for the page', async () => {
  const asset = await fetch(`${server.url}/assets/a.js`);
  expect(asset.headers.get('cache-control')).toContain('immutable');
  expect((await fetch(server.url)).headers.get('cache-control')).toBe('no-cache');
});

it('gives nothing from outside its directory', async () => {
  for (const path of ['/assets/..%2f..%2fetc%2fpasswd', '/%2e%2e/etc/passwd', '/assets/missing.js']) {
    expect((await fetch(server.url + path)).status).toBe(404);
  }
});

it('leads an address that is not well escaped to its page, which says that there is none', async () => {
  const go = (path: string, init: RequestInit = {}) =>
    fetch(server.url + path, { redirect: 'manual', ...init });
  for (const [path, mended] of [
    ['/w/%zz/runs?tab=%', '/w/%25zz/runs?tab=%'],
    ['/w/ws-default/%ff%41', '/w/ws-default/%25ff%2541'],
    ['/w/100%', '/w/100%25'],
  ] as const) {
    const response = await go(path);
    expect([response.status, response.headers.get('location')]).toEqual([302, mended]);
    expect(await (await go(mended)).text()).toContain('/assets/a.js');
  }
  for (const [path, init] of [
    ['/v1/runs/%zz', {}],
    ['/%zz', {}],
    ['/w/%zz', { method: 'POST' }],
  ] as const) {
    expect([(await go(path, init)).status, path]).toEqual([400, path]);
  }
});
