import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFaults } from '../../src/console/axe.ts';
import { openStage, type Stage } from '../../src/console/stage.ts';
import { waitUntil } from '../../src/wait-until.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => stage?.close());

const page = '/w/ws-default/api-keys';
/** What a program gets that calls with a key. */
const status = async (key: string, path = '/v1/caller', headers: Record<string, string> = {}) =>
  (await fetch(`${stage.system.url}${path}`, { headers: { authorization: `Bearer ${key}`, ...headers } }))
    .status;

/** The key that a dialog shows. */
const secretIn = async (dialog: Locator) => (await dialog.getByText(/^sbx_\w+$/).textContent()) ?? '';

test('a key is made, kept, used, given a new secret and revoked', async () => {
  const tab = await stage.openSignedIn({ username: 'admin' });
  const { page: at } = tab;
  await at.goto(page);
  await at.getByRole('button', { name: 'New API key' }).click();
  const dialog = at.getByRole('alertdialog');
  await dialog.getByRole('button', { name: 'Read only' }).and(at.locator('[aria-pressed="true"]')).waitFor();
  await dialog.getByLabel('Name').fill('deploy robot');
  await dialog.getByRole('button', { name: 'Start and watch runs' }).click();
  await dialog.getByLabel(/^Cancel runs/i).uncheck();
  await dialog.getByLabel('Ends after').selectOption('30');
  expect(await axeFaults(at)).toEqual([]);
  await dialog.getByRole('button', { name: 'Make the key' }).click();

  const shown = at.getByRole('alertdialog', { name: 'The key deploy robot is made' });
  const key = await secretIn(shown);
  expect(await status(key)).toBe(200);
  expect(await status(key, '/v1/api-keys')).toBe(403);
  expect(await shown.getByText(/^curl/).textContent()).toContain(`Bearer ${key}`);
  expect(await axeFaults(at)).toEqual([]);
  // A stray key must not lose what is shown once.
  await at.keyboard.press('Escape');
  await shown.getByRole('button', { name: 'I have kept it' }).click();
  await shown.waitFor({ state: 'detached' });

  const row = at.getByRole('listitem').filter({ hasText: 'deploy robot' });
  await row.getByText(`…${key.slice(-4)}`).waitFor();
  expect(await at.getByRole('main').textContent()).not.toContain(key);
  await row.getByRole('button', { name: /capabilities of deploy robot/ }).click();
  await row.getByText('run.start.snapshot_capture').waitFor();
  expect(await row.textContent()).not.toContain('run.cancel');

  await row.getByRole('button', { name: 'New secret' }).click();
  await dialog.getByLabel('The old secret works').selectOption('0');
  await dialog.getByRole('button', { name: 'Make a new secret' }).click();
  const renewed = await secretIn(dialog);
  expect([await status(key), await status(renewed)]).toEqual([401, 200]);
  await dialog.getByRole('button', { name: 'I have kept it' }).click();

  await row.getByRole('button', { name: 'Revoke' }).click();
  await dialog.getByText(/It was last used/).waitFor();
  await dialog.getByRole('button', { name: 'Keep it' }).click();
  expect(await status(renewed)).toBe(200);
  await row.getByRole('button', { name: 'Revoke' }).click();
  await dialog.getByRole('button', { name: 'Revoke the key' }).click();
  // What lies behind an open dialog has no roles.
  await dialog.waitFor({ state: 'detached' });
  await row.waitFor({ state: 'detached' });
  expect(await status(renewed)).toBe(401);
  await at.getByRole('link', { name: 'Ended' }).click();
  const current = at.getByRole('navigation', { name: 'Which keys' }).locator('[aria-current="page"]');
  await current.and(at.getByText('Ended')).waitFor();
  expect(await current.count()).toBe(1);
  await at.getByRole('listitem').filter({ hasText: 'deploy robot' }).getByText('by admin').waitFor();
  expect(tab.faults).toEqual([]);
  await tab.close();
});

test('a name that is taken is told in the dialog, and what was filled in stays', async () => {
  const tab = await stage.openSignedIn({ username: 'admin', expected: [/status of 409 /] });
  const { page: at } = tab;
  await at.goto(page);
  await at.getByRole('button', { name: 'New API key' }).click();
  const dialog = at.getByRole('alertdialog');
  await dialog.getByLabel('Name').fill('nightly captures');
  await dialog.getByRole('button', { name: 'Make the key' }).click();
  await dialog
    .getByRole('alert')
    .getByText(/Choose another name/)
    .waitFor();
  expect(await dialog.getByLabel('Name').inputValue()).toBe('nightly captures');
  expect(tab.faults).toEqual([]);
  await tab.close();
});

test('a run that a key started for a member says so, and the audit names both', async () => {
  const owner = await stage.system.signIn('admin');
  const { body } = await owner.post<{ key: string }>('/v1/api-keys', {
    name: 'portal',
    capabilities: ['run.read', 'run.start.snapshot_capture'],
    mayActFor: true,
  });
  const started = await fetch(`${stage.system.url}/v1/runs`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${body.key}`,
      'content-type': 'application/json',
      'x-user-id': 'operator',
    },
    body: JSON.stringify({ operation: 'snapshot_capture', tenantId: stage.subjects.readyTenant }),
  });
  const { run } = (await started.json()) as { run: { id: number } };
  await waitUntil('the end of the run', () => owner.get<{ status: string }>(`/v1/runs/${run.id}`), {
    until: (now) => now.status === 'succeeded',
    timeoutMs: 30_000,
  });
  const tab = await stage.openSignedIn({ username: 'admin' });
  await tab.page.goto(`/w/ws-default/runs/${run.id}?tab=audit`);
  await tab.page.getByText('operator, by API key portal').first().waitFor();
  await tab.page.getByText(/^portal \(API key\) for operator created the run/).waitFor();
  expect(tab.faults).toEqual([]);
  await tab.close();
});

test('whoever may not manage keys is told what is missing, and no list is asked for', async () => {
  const tab = await stage.openSignedIn();
  const asked: string[] = [];
  tab.page.on('request', (request) => asked.push(request.url()));
  await tab.page.keyboard.press('g');
  await tab.page.keyboard.press('k');
  await tab.page.getByRole('heading', { name: 'You may not manage API keys' }).waitFor();
  await tab.page.getByText('key.manage').waitFor();
  expect(asked.filter((url) => url.includes('apiKey'))).toEqual([]);
  expect(tab.faults).toEqual([]);
  await tab.close();
});
