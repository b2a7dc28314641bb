import { reasonCodes } from '@signalbox/domain/gate/reasons';
import Fastify from 'fastify';
import { afterAll, expect, it } from 'vitest';
import { problemCatalogue } from '../../src/errors/problem-catalogue.ts';
import { acceptAllMethods } from '../../src/http/method-not-allowed.ts';
import { serveDocument } from '../../src/openapi/serve-document.ts';

const app = Fastify({ exposeHeadRoutes: false });
acceptAllMethods(app);
serveDocument(app, { openapi: '3.1.0', info: { title: 'test', version: '0' }, paths: {} });
afterAll(() => app.close());

const codes = [...new Set([...Object.keys(problemCatalogue), ...reasonCodes])];

it.each(codes)('the type of the problem %s leads to a page that explains it', async (code) => {
  const { statusCode, headers, body } = await app.inject({ url: `/problems/${code}` });
  expect(statusCode).toBe(200);
  expect(headers['content-type']).toMatch(/^text\/html/);
  for (const part of ['When it comes', 'What to do', 'What it looks like', `/problems/${code}`]) {
    expect(body).toContain(part);
  }
  expect(body).not.toMatch(/undefined|null|<p><\/p>|<ul><\/ul>/);
});

it('the index leads to each of them', async () => {
  const { body } = await app.inject({ url: '/problems' });
  for (const code of codes) expect(body).toContain(`href="/problems/${code}"`);
});

it.each(['nonsense', '__proto__', 'constructor', '%3Cscript%3E', '%00'])(
  'the code %s has a page that says there is none, and nothing of it is repeated',
  async (code) => {
    const { statusCode, body } = await app.inject({ url: `/problems/${code}` });
    expect(statusCode).toBe(404);
    expect(body).toContain('There is no such error');
    expect(body).not.toContain('<script');
  },
);
