import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type { Page } from '../html/page.ts';
import { refuseOtherMethods } from './method-not-allowed.ts';
import { contentSecurityPolicy } from './security-headers.ts';

/** Addresses of the console. It routes below them itself, so each answers the same page. */
const pages = ['/', '/sign-in', '/join', '/setup', '/w', '/w/*'];

/** The built console: where it lies, and its one page with the policy that goes with it. */
export interface Console {
  readonly directory: string;
  readonly page: Page;
}

/** Reads the page of the console that was built into a directory. */
export async function readConsole(directory: string): Promise<Console> {
  const body = await readFile(join(directory, 'index.html'));
  const policy = contentSecurityPolicy(inlineScriptHashes(body.toString()));
  return { directory, page: { body, policy } };
}

/** Serves the built console: its page at every address it routes, its assets by their hashed names. */
export async function serveConsole(app: FastifyInstance, { directory, page }: Console): Promise<void> {
  await app.register(fastifyStatic, {
    root: directory,
    wildcard: false,
    index: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const hashed = /[\\/]assets[\\/]/.test(path);
      reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  for (const url of pages) {
    app.route({
      method: ['GET', 'HEAD'],
      url,
      handler: (_request, reply) =>
        reply
          .headers({ 'cache-control': 'no-cache', 'content-security-policy': page.policy })
          .type('text/html; charset=utf-8')
          .send(page.body),
    });
    refuseOtherMethods(app, url, ['GET', 'HEAD']);
  }
}

/** The inline script that sets the theme before first paint is allowed by its hash, so the policy stays strict. */
function inlineScriptHashes(html: string): string[] {
  return [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(
    ([, script]) =>
      `sha256-${createHash('sha256')
        .update(script ?? '')
        .digest('base64')}`,
  );
}
