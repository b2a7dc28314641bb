import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStage, type Stage } from '../../src/console/stage.ts';
import { withAdmin } from '../../src/postgres/admin.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => stage?.close());

test('the fleet shows each part with its threshold, who works, and what went through', async () => {
  const tab = await stage.openSignedIn({ username: 'viewer' });
  const { page } = tab;
  await page.getByRole('navigation').getByRole('link', { name: 'Fleet' }).click();
  await page.getByRole('heading', { level: 1, name: 'Fleet' }).waitFor();
  const parts = page.getByRole('list', { name: 'Components' }).getByRole('listitem');
  await parts.first().waitFor();
  const told = await parts.allTextContents();
  expect(told).toHaveLength(7);
  for (const text of told)
    expect(text).toMatch(/(Healthy|Warning|Critical).*\d.+(Warning from|Critical with)/);
  expect(told.find((text) => text.startsWith('Workers'))).toMatch(/Healthy/);
  await page.getByRole('list', { name: 'Workers', exact: true }).getByText('Alive').waitFor();
  const queue = page.getByRole('row', { name: /Capture policies/ });
  await queue.getByRole('link').click();
  await page.waitForURL(/\/runs\?operation=snapshot_capture/);
  expect(tab.faults).toEqual([]);
  await tab.close();
});

test('a program that is missing and a worker that is gone are said at the top, and an old answer calls nothing healthy', async () => {
  const tab = await stage.openSignedIn({ username: 'viewer' });
  const { page } = tab;
  await withAdmin(
    stage.system.databaseUrl,
    (sql) => sql`insert into connections (workspace_id, provider, label)
      values ('ws-default', 'terraform', 'Terraform of the test')`,
  );
  await withAdmin(stage.system.databaseUrl, (sql) => sql`update workers set tools = '{}'`);
  await page.goto('/w/ws-default/workers');
  await page.waitForURL(/\/fleet$/);
  await page.getByText('No worker has terraform.').waitFor();
  await stage.system.killWorker();
  await withAdmin(
    stage.system.databaseUrl,
    (sql) => sql`update workers set last_seen_at = now() - interval '91 seconds'`,
  );
  // By itself: the page asks every ten seconds.
  await page.getByText('No worker takes work.').waitFor();
  await page.getByText('npm run worker').waitFor();
  const parts = page.getByRole('list', { name: 'Components' });
  await parts.getByText('Critical', { exact: true }).first().waitFor();
  await page.route(/fleet\.get/, async (route) => {
    const response = await route.fetch();
    const old = new Date(Date.now() - 60_000).toISOString();
    const text = (await response.text()).replace(/"checkedAt":"[^"]+"/, `"checkedAt":"${old}"`);
    await route.fulfill({ response, body: text });
  });
  await parts.getByText('Unknown', { exact: true }).first().waitFor();
  expect(await parts.getByText('Unknown', { exact: true }).count()).toBe(7);
  expect(await parts.getByText(/^(Healthy|Warning|Critical)$/).count()).toBe(0);
  expect(tab.faults).toEqual([]);
  await stage.system.startWorkerAgain();
  await tab.close();
});
