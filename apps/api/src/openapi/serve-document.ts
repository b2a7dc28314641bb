import type { FastifyInstance } from 'fastify';
import type { OpenAPIObject } from 'trpc-to-openapi';
import { answerStyle } from '../html/answer-style.ts';
import { refuseOtherMethods } from '../http/method-not-allowed.ts';
import { docsPage } from './docs-page.ts';
import { docsStyle } from './docs-style.ts';
import { problemPage, problemsIndex, unknownProblemPage } from './problems-page.ts';

/** Serves the document, the reference made from it, and a page for every error code. Nothing is fetched elsewhere. */
export function serveDocument(app: FastifyInstance, document: OpenAPIObject): void {
  const files = {
    '/openapi.json': { type: 'application/json', body: Buffer.from(JSON.stringify(document)) },
    '/docs': { type: 'text/html; charset=utf-8', body: Buffer.from(docsPage(document)) },
    '/docs/reference.css': { type: 'text/css; charset=utf-8', body: Buffer.from(docsStyle) },
    '/docs/answer.css': { type: 'text/css; charset=utf-8', body: Buffer.from(answerStyle) },
    '/problems': { type: 'text/html; charset=utf-8', body: Buffer.from(problemsIndex()) },
  } as const;
  for (const [url, { type, body }] of Object.entries(files)) {
    app.get(url, (_request, reply) => reply.header('cache-control', 'no-cache').type(type).send(body));
    refuseOtherMethods(app, url, ['GET']);
  }
  // Where the `type` of a problem leads.
  app.get('/problems/:code', (request, reply) => {
    const { code } = request.params as { code: string };
    const page = problemPage(code);
    return reply
      .code(page === null ? 404 : 200)
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(page ?? unknownProblemPage());
  });
  refuseOtherMethods(app, '/problems/:code', ['GET']);
}
