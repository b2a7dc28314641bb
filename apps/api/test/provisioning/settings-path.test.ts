import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { type InfraPlace, readSettings, writeSettings } from '../../src/provisioning/infra-files.ts';

/** What was opened, and what happens between the look at a path and its opening. */
const disk = vi.hoisted(() => ({ opened: [] as string[], meanwhile: async (_path: string) => {} }));

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  return {
    ...real,
    open: (path: string, ...rest: [flags: number]) => {
      disk.opened.push(path);
      return real.open(path, ...rest);
    },
    lstat: async (path: string) => {
      const found = await real.lstat(path);
      await disk.meanwhile(path);
      return found;
    },
  };
});

const text = 'provider = "local"\n';
let root: string;
let place: InfraPlace;
let inside: string;
let canary: string;

beforeAll(async () => {
  const top = await mkdtemp(join(tmpdir(), 'signalbox-infras-'));
  root = join(top, 'infras');
  place = { root, workspaceId: 'ws-default', infra: 'demo' };
  inside = join(root, 'ws-default', 'demo');
  canary = join(top, 'canary.k');
  await writeFile(canary, text);
  await writeSettings(place, text);
  await writeSettings({ ...place, infra: 'other' }, text);
  await mkdir(join(inside, 'sites'));
  await writeFile(join(inside, 'sites', 'berlin.k'), text);
  await symlink(canary, join(inside, 'link.k'));
  await symlink(top, join(inside, 'top'));
  await symlink('/dev/zero', join(inside, 'zero.k'));
  execFileSync('mkfifo', [join(inside, 'pipe.k')]);
  await writeFile(join(inside, 'full.k'), `#${'a'.repeat(65_535)}`);
  await writeFile(join(inside, 'over.k'), `#${'a'.repeat(65_536)}`);
  await writeFile(join(inside, 'latin.k'), Buffer.from([0x70, 0xe9, 0x0a]));
});
afterAll(() => rm(join(root, '..'), { recursive: true }));
beforeEach(() => {
  disk.opened = [];
  disk.meanwhile = async () => {};
});

it('a file below the infra is read, also in a directory, up to 64 KiB', async () => {
  expect(await readSettings(place, 'config.k')).toBe(text);
  expect(await readSettings(place, 'sites/berlin.k')).toBe(text);
  expect(await readSettings(place, 'full.k')).toHaveLength(65_536);
});

const never: readonly string[] = [
  '../../etc/passwd',
  '../other/config.k',
  '/etc/shadow',
  '/dev/zero',
  'a/../../b',
  'sites/../config.k',
  './config.k',
  'sites//berlin.k',
  'config.k/',
  '..\\config.k',
  '..\\',
  '%2e%2e',
  '%2e%2e/canary.k',
  'file:///etc/passwd',
  'file://config.k',
  'link.k',
  'top/canary.k',
  'zero.k',
  'pipe.k',
  'sites',
  '.',
  '..',
  '',
  'config.k\0',
  'config.k\0.txt',
  `${'a'.repeat(5_000)}.k`,
  `${'sites/'.repeat(900)}berlin.k`,
  '-config.k',
  '--help',
  '~/config.k',
  '~root',
  '$HOME/config.k',
  '$(id)',
  '`id`',
  'config.k\n',
  'config.k\r\n/etc/passwd',
  'config.k;id',
  '*.k',
  'CONFIG.K',
  'config.k ',
  'missing.k',
];

it('whatever else a path names leads to no settings, and is never opened', async () => {
  for (const path of never) expect(await readSettings(place, path), path.slice(0, 100)).toBeNull();
  expect(disk.opened).toEqual([]);
});

it.each(['over.k', 'latin.k'])('%s is not taken for settings', async (path) => {
  expect(await readSettings(place, path)).toBeNull();
});

it('what takes the place of a file between the look and the opening is neither followed nor waited for', async () => {
  for (const trap of ['link.k', 'pipe.k', 'zero.k', 'sites']) {
    const bait = join(inside, 'bait.k');
    await writeFile(bait, text);
    disk.meanwhile = async (path) => {
      if (path !== bait) return;
      disk.meanwhile = async () => {};
      await rm(bait);
      await rename(join(inside, trap), bait);
    };
    expect(await readSettings(place, 'bait.k'), trap).toBeNull();
    await rename(bait, join(inside, trap));
  }
});

it('an infra whose directory is a link is neither read nor written', async () => {
  const linked = { ...place, infra: 'linked' };
  await symlink(inside, join(root, 'ws-default', 'linked'));
  expect(await readSettings(linked, 'config.k')).toBeNull();
  expect(disk.opened).toEqual([]);
  await expect(writeSettings(linked, 'provider = "aws"\n')).rejects.toThrow();
  expect(await readSettings(place, 'config.k')).toBe(text);
});

it('settings are written whole or not at all, and leave nothing beside them', async () => {
  const texts = Array.from({ length: 10 }, (_, index) => `# ${'x'.repeat(5_000)}\nprovider = "${index}"\n`);
  const reading = async () => {
    for (let times = 0; times < 20; times += 1) {
      const now = await readSettings({ ...place, infra: 'other' }, 'config.k');
      expect(now === text || texts.includes(now ?? '')).toBe(true);
    }
  };
  await Promise.all([reading(), ...texts.map((one) => writeSettings({ ...place, infra: 'other' }, one))]);
  expect(await readdir(join(root, 'ws-default', 'other'))).toEqual(['config.k']);
});
