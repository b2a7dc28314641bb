import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFaults } from '../../src/console/axe.ts';
import { openStage, type Stage } from '../../src/console/stage.ts';
import { waitUntil } from '../../src/wait-until.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => stage?.close());

const requestId = '7f3c1b6e-2f0a-4f8e-9b1d-0a1b2c3d4e5f';
const call = '**/trpc/connection.list*';
/** What is refused here the browser reports too. */
const expected = [/status of [45]\d\d /, /ERR_(FAILED|INTERNET_DISCONNECTED)/];

/** Lets the server's list of connections be answered by a problem, until `page.unroute`. */
async function refuse(page: Page, problem: { status: number; code: string }): Promise<void> {
  const whole = {
    type: `/problems/${problem.code}`,
    title: `Title of ${problem.code}`,
    detail: `Sentence of ${problem.code}.`,
    shortReason: 'Short',
    nextSteps: [],
    requestId,
    ...problem,
  };
  const data = { code: 'REFUSED', httpStatus: problem.status, problem: whole };
  await page.route(call, (route) =>
    route.fulfill({
      status: problem.status,
      contentType: 'application/json',
      body: JSON.stringify({ error: { message: 'refused', code: -32000, data } }),
    }),
  );
}

const states = [
  {
    status: 400,
    code: 'invalid_input',
    errors: [{ pointer: '/limit', detail: 'must be a number' }],
    shows: '/limit',
  },
  {
    status: 402,
    code: 'quota_exceeded',
    quota: { current: 10, limit: 10, period: '2026-11-01' },
    shows: '10 of 10',
  },
  { status: 403, code: 'forbidden', capability: 'connection.read', shows: 'connection.read' },
  { status: 404, code: 'not_found', shows: 'Title of not_found' },
  {
    status: 409,
    code: 'conflict',
    shows: 'Nothing was changed. Look again: things may have moved on meanwhile.',
  },
  {
    status: 422,
    code: 'idempotency_mismatch',
    shows: 'Nothing was changed. Look again: things may have moved on meanwhile.',
  },
  { status: 429, code: 'throttled', retryAfterSeconds: 30, shows: 'Try now' },
  { status: 500, code: 'internal_error', shows: 'Try again' },
  { status: 503, code: 'unavailable', retryAfterSeconds: 30, shows: 'Try now' },
];

/** The states that differ in their parts; looking at each takes its time. */
const looked = new Set([400, 402, 429]);

test('every kind of refusal says what is wrong, what helps, what to quote and where it is explained', async () => {
  const tab = await stage.openSignedIn({ expected });
  const { page } = tab;
  for (const { shows, ...problem } of states) {
    await refuse(page, problem);
    await page.goto('/w/ws-default/connections');
    const alert = page.getByRole('main').getByRole('alert');
    await alert.getByRole('heading', { name: `Title of ${problem.code}` }).waitFor();
    await alert.getByText(`Sentence of ${problem.code}.`).waitFor();
    await alert.getByText(shows, { exact: true }).first().waitFor();
    await alert.getByRole('button', { name: /copy request id/ }).waitFor();
    const about = alert.getByRole('link', { name: /^About this problem/ });
    expect(await about.getAttribute('href')).toBe(`/problems/${problem.code}`);
    // The rest of the page lives on.
    await page.getByRole('combobox', { name: 'Tenant' }).waitFor();
    if (looked.has(problem.status)) expect.soft(await axeFaults(page), problem.code).toEqual([]);
    await page.unroute(call);
  }
  expect(tab.faults).toEqual([]);
  await tab.close();
});

test('a throttled question counts down and is asked again by itself, and not a moment sooner', async () => {
  const tab = await stage.openSignedIn({ expected });
  const { page } = tab;
  await page.clock.install();
  let asked = 0;
  page.on('request', (request) => {
    if (request.url().includes('/trpc/connection.list')) asked += 1;
  });
  await refuse(page, { status: 429, code: 'throttled', ...{ retryAfterSeconds: 30 } });
  await page.goto('/w/ws-default/connections');
  const main = page.getByRole('main');
  await main.getByText('Trying again in 30 s').waitFor();
  await page.unroute(call);
  // A server that says how long to wait is not asked again unseen.
  expect(asked).toBe(1);
  await page.clock.runFor(20_000);
  await main.getByText('Trying again in 10 s').waitFor();
  expect(asked).toBe(1);
  await page.clock.runFor(11_000);
  await main
    .getByRole('link', { name: /contoso/i })
    .first()
    .waitFor();
  expect(asked).toBe(2);
  await tab.close();
});

test('a failure that a proxy tells of is shown as one, and not as a lost network', async () => {
  const tab = await stage.openSignedIn({ expected });
  const { page } = tab;
  await page.route(call, (route) =>
    route.fulfill({ status: 502, contentType: 'text/html', body: '<html>Bad gateway</html>' }),
  );
  await page.goto('/w/ws-default/connections');
  await page.getByRole('main').getByRole('heading', { name: 'Something broke' }).waitFor();
  await tab.close();
});

test('a cut network is told at the top, leaves what is on the page, and is over by itself', async () => {
  const tab = await stage.openSignedIn({ expected });
  const { page } = tab;
  await page.goto('/w/ws-default/glossary?q=lease');
  await page.getByRole('banner').getByText('Live', { exact: true }).waitFor();
  const field = page.getByRole('searchbox', { name: 'Find a word' });
  await field.fill('claim');
  const banner = page.getByText('No connection to the server');
  await page.context().setOffline(true);
  await banner.waitFor();
  expect(await axeFaults(page)).toEqual([]);
  expect(await field.inputValue()).toBe('claim');
  await page.context().setOffline(false);
  await banner.waitFor({ state: 'detached' });
  expect(await field.inputValue()).toBe('claim');
  await page.getByRole('banner').getByText('Live', { exact: true }).waitFor({ timeout: 40_000 });
  await tab.close();
});

test('a session that ended sends to the sign-in and back to the very page', async () => {
  const tab = await stage.openSignedIn({ expected: [...expected, /status of 401 /] });
  const { page } = tab;
  const path = '/w/ws-default/connections?only=unhealthy';
  await page.goto('/w/ws-default/overview');
  await page.context().clearCookies();
  await page.goto(path);
  await page.waitForURL(/\/sign-in\?next=/);
  await page
    .getByRole('region', { name: 'This is a demo. Sign in as' })
    .getByRole('button', { name: /^operator/ })
    .click();
  await page.getByRole('heading', { level: 1, name: 'Connections' }).waitFor();
  await waitUntil('the address', () => Promise.resolve(page.url()), {
    until: (url) => url === `${stage.system.url}${path}`,
  });
  await tab.close();
});
