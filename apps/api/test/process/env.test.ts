import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { testKeyringText } from '@signalbox/testing/fixtures/workspace';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readEnv } from '../../src/env.ts';

let place: string;
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'console-'));
  mkdirSync(join(place, 'built'));
  writeFileSync(join(place, 'built', 'index.html'), '<!doctype html>');
});
afterAll(() => rmSync(place, { recursive: true }));

const served = (directory: string) =>
  readEnv({ DATABASE_URL: 'postgres://x', SIGNALBOX_KEYS: testKeyringText, SIGNALBOX_WEB_DIR: directory })
    .webDirectory;

it('takes the console from a directory that is named relative to where the program was started', () => {
  const built = join(place, 'built');
  expect(served(built)).toBe(built);
  expect(served(relative(process.cwd(), built))).toBe(built);
});

it('names the directory that has no built console', () => {
  expect(() => served(place)).toThrow(`SIGNALBOX_WEB_DIR: there is no built console in ${place}.`);
});

it('serves the built console, or the API alone, when nothing is named', () => {
  expect(served('') ?? 'apps/web/dist').toMatch(/apps[\\/]web[\\/]dist[\\/]?$/);
});

it('believes no proxy that is not named by an address or a network', () => {
  const env = { DATABASE_URL: 'postgres://x', SIGNALBOX_KEYS: testKeyringText };
  expect(readEnv(env).trustedProxies).toBeUndefined();
  expect(readEnv({ ...env, SIGNALBOX_TRUST_PROXY: '10.0.0.0/8' }).trustedProxies).toBe('10.0.0.0/8');
  for (const text of ['1', 'true', '*']) {
    expect(() => readEnv({ ...env, SIGNALBOX_TRUST_PROXY: text })).toThrow(
      'SIGNALBOX_TRUST_PROXY: addresses',
    );
  }
});

it('takes other limits of sign-in by their names, and nothing it does not know', () => {
  const env = { DATABASE_URL: 'postgres://x', SIGNALBOX_KEYS: testKeyringText };
  expect(readEnv(env).limits).toEqual({ address: 100, account: 20, codes: 15, refresh: 600 });
  const some = readEnv({ ...env, SIGNALBOX_LIMITS: 'address=5000, codes=7' });
  expect(some.limits).toEqual({ address: 5_000, account: 20, codes: 7, refresh: 600 });
  for (const text of [
    'address',
    'address=0',
    'address=-1',
    'address=1e3',
    'toString=1',
    'address=1;codes=2',
  ]) {
    expect(() => readEnv({ ...env, SIGNALBOX_LIMITS: text })).toThrow('SIGNALBOX_LIMITS: name=number');
  }
});

it('takes a tier secret that can travel in a header, and never repeats one that cannot', () => {
  const env = { DATABASE_URL: 'postgres://x', SIGNALBOX_KEYS: testKeyringText };
  expect(readEnv(env).tierSecret).toBeUndefined();
  expect(readEnv({ ...env, WORKSPACE_TIER_UPDATE_SECRET: '' }).tierSecret).toBeUndefined();
  const secret = 'billing-secret-0123456789';
  expect(readEnv({ ...env, WORKSPACE_TIER_UPDATE_SECRET: secret }).tierSecret).toBe(secret);
  for (const text of ['too-short-0123', 'with a blank in it 0123', 'sécret-0123456789abc']) {
    const read = () => readEnv({ ...env, WORKSPACE_TIER_UPDATE_SECRET: text });
    expect(read).toThrow('WORKSPACE_TIER_UPDATE_SECRET: 16 to 1,024');
    expect(read).not.toThrow(text);
  }
});
