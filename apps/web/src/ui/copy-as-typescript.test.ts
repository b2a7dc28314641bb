import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it, vi } from 'vitest';
import { ExactNumber } from '../operation/exact-number.ts';
import type { ApiCall } from './copy-as-call.ts';
import { toTypeScript } from './copy-as-typescript.ts';

const place = { origin: 'https://signalbox.example', workspace: 'ws-default' };
const web = resolve(import.meta.dirname, '../..');

const hostile = [`\`\${process.exit(1)}\``, '"); throw 1; ("', '*/ // \\', '\u2028\n', '</script>'];
const replay: ApiCall = {
  method: 'POST',
  path: '/v1/runs/7/replay',
  keyed: true,
  body: { input: { a: [1] } },
};
const carrying = (text: string): ApiCall => ({
  method: 'POST',
  path: `/v1/${text}`,
  query: { q: text },
  body: { [text]: text },
});

/** Runs the text and gives what it asked of `fetch`. */
async function run(call: ApiCall) {
  const fetch = vi.fn(async (_url: string, _init: RequestInit) => Response.json({ ok: true }));
  const script = stripTypeScriptTypes(toTypeScript(call, place)).replace('export const', 'const');
  const AsyncFunction = (async () => {}).constructor as new (
    ...parts: string[]
  ) => (...given: unknown[]) => Promise<unknown>;
  await new AsyncFunction('fetch', 'process', script)(fetch, { env: { SIGNALBOX_TOKEN: 'token-1' } });
  expect(fetch).toHaveBeenCalledTimes(1);
  const [url, init] = fetch.mock.calls[0] as [string, RequestInit];
  return { url: new URL(url), method: init.method, headers: new Headers(init.headers), body: init.body };
}

it('compiles, as strictly as can be asked', () => {
  const folder = mkdtempSync(join(tmpdir(), 'copy-as-'));
  try {
    const calls = [replay, { method: 'GET', path: '/v1/runs' } as const, ...hostile.map(carrying)];
    for (const [at, call] of calls.entries())
      writeFileSync(join(folder, `call-${at}.ts`), toTypeScript(call, place));
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        compilerOptions: {
          strict: true,
          noUnusedLocals: true,
          noEmit: true,
          target: 'es2024',
          module: 'esnext',
          moduleResolution: 'bundler',
          lib: ['es2024', 'dom'],
          typeRoots: [join(web, 'node_modules/@types')],
          types: ['node'],
        },
      }),
    );
    const tsc = join(web, 'node_modules/.bin/tsc');
    expect(execFileSync(tsc, ['-p', folder], { encoding: 'utf8' })).toBe('');
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 30_000);

it('makes the call', async () => {
  const seen = await run(replay);
  expect(seen.url.href).toBe('https://signalbox.example/v1/runs/7/replay');
  expect(seen.method).toBe('POST');
  expect(seen.headers.get('authorization')).toBe('Bearer token-1');
  expect(seen.headers.get('x-workspace-id')).toBe('ws-default');
  expect(seen.headers.get('idempotency-key')).toMatch(/^[0-9a-f-]{36}$/);
  expect(JSON.parse(String(seen.body))).toEqual({ input: { a: [1] } });
});

it.each(hostile)('sends %j wherever it stands, and runs none of it', async (text) => {
  const seen = await run(carrying(text));
  expect(seen.url.searchParams.get('q')).toBe(text);
  expect(JSON.parse(String(seen.body))).toEqual({ [text]: text });
});

it.each([
  [{ id: new ExactNumber('12345678901234567890') }, '{"id":12345678901234567890}'],
  [JSON.parse('{"__proto__":{"admin":true}}'), '{"__proto__":{"admin":true}}'],
  [{ name: 'a\u202eb' }, '{"name":"a\\u202eb"}'],
])('sends a body that TypeScript would read differently as the text it is: %j', async (body, text) => {
  expect((await run({ method: 'POST', path: '/v1/x', body })).body).toBe(text);
});
