import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../src/browser/chromium.ts';
import { packagedChromium } from '../../src/browser/packaged-chromium.ts';

const page = `<!doctype html><html lang="en"><title>Counter</title>
  <main><button onclick="this.textContent = 'Pressed ' + (this.dataset.n = 1 + Number(this.dataset.n ?? 0))">Press</button></main>`;

let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8').end(page);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as { port: number }).port}/`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function press(browser: Browser): Promise<void> {
  try {
    const tab = await browser.newPage();
    await tab.goto(url);
    expect(await tab.title()).toBe('Counter');
    await tab.getByRole('button', { name: 'Press' }).click();
    await tab.getByRole('button', { name: 'Pressed 1' }).waitFor();
    const foreign = url.replace('127.0.0.1', 'localhost');
    const read = await tab.evaluate(`fetch(${JSON.stringify(foreign)}).then(() => 'read', () => 'refused')`);
    expect(read, 'web security is on').toBe('refused');
  } finally {
    await browser.close();
  }
}

test('a browser loads a page and presses a button, without any set-up', async () => {
  await press(await launchBrowser());
});

test('the packaged browser does the same where no other is installed', async () => {
  const packaged = await packagedChromium();
  if (typeof packaged === 'string') return expect(packaged).toMatch(/for Linux on x64 only/);
  await press(await chromium.launch({ ...packaged }));
});
