import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  makeThrowAwayDirectory,
  type ThrowAwayDirectory,
} from '@signalbox/postgres-server/throw-away-directory';
import { waitUntil } from '@signalbox/testing/wait-until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anyFreePort } from '../src/port.ts';
import { allGone, familyOf, runDemo } from './support.ts';

let place: ThrowAwayDirectory;
beforeAll(() => {
  place = makeThrowAwayDirectory();
});
afterAll(() => place.close());

test('SIGNALBOX_DEMO=0 starts empty, and shows the link of the first owner here and in no log', async () => {
  const port = await anyFreePort();
  const env = { PORT: String(port), SIGNALBOX_DEMO: '0' };
  const launcher = await runDemo('start', place.home, { env });
  const [, link = ''] = await launcher.waitForLine(
    /^Open (\S+\/setup#\S+) to make the first owner$/,
    100_000,
  );
  const family = familyOf(launcher.pid);
  expect(link).toMatch(new RegExp(`^http://localhost:${port}/setup#[A-Za-z0-9_-]{43}$`));
  expect(launcher.lines.filter((line) => /^ {2}✓ /.test(line))).toHaveLength(5);
  expect(launcher.lines).toContain(`Signalbox is ready: http://localhost:${port} · Ctrl-C stops`);
  const options = await (await fetch(`http://localhost:${port}/v1/sign-in-options`)).json();
  expect(options).toEqual({ demo: false, accounts: [], setupNeeded: true });

  const cli = await runDemo('cli', place.home, { args: ['fault', 'throttle'] });
  expect(await cli.exited).toEqual({ code: 1, signal: null });

  const owner = {
    username: 'ada',
    email: 'ada@example.org',
    password: 'an analytical engine',
    workspaceName: 'Example Ltd',
    secret: link.split('#')[1],
  };
  const made = await fetch(`http://localhost:${port}/v1/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(owner),
  });
  expect(made.status).toBe(200);

  launcher.kill('SIGINT');
  expect(await launcher.exited).toEqual({ code: 0, signal: null });
  await allGone(family);
  const logs = join(place.home, 'logs');
  const written = readdirSync(logs).map((name) => readFileSync(join(logs, name), 'utf8'));
  expect(written.join('')).toContain('The API answers.');
  expect(written.join('')).not.toContain(owner.secret);

  const again = await runDemo('start', place.home, { env });
  await again.waitForLine(/^Signalbox is ready/, 100_000);
  const members = familyOf(again.pid);
  again.kill('SIGINT');
  await again.exited;
  await waitUntil('no process left', () => allGone(members).then(() => true));
  expect(again.lines.filter((line) => line.includes('/setup#'))).toEqual([]);
}, 240_000);
