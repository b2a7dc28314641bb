import { Readable } from 'node:stream';
import { exportAudit } from '@signalbox/db/queries/observability/export-audit';
import { AppError } from '@signalbox/domain/error/app-error';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { requireCapability } from '../access/capability.ts';
import type { AppContext, RequestFacts } from '../context.ts';
import { refuseOtherMethods } from './method-not-allowed.ts';
import { readQuery } from './read-query.ts';
import { ReplyPlan } from './reply-plan.ts';
import { requestFacts } from './request-facts.ts';
import { sendProblem } from './send-problem.ts';

const url = '/v1/audit/export';

/**
 * Serves the audit log of a workspace as NDJSON, line by line as it is read: a log of any length needs no memory. It is
 * a download and stands beside the operations, which answer JSON; its questions come in the same order as theirs.
 */
export function serveAuditExport(
  app: FastifyInstance,
  { createContext }: { readonly createContext: (facts: RequestFacts) => Promise<AppContext> },
): void {
  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { workspaceId, ...others } = readQuery(request.raw.url ?? '');
    const named = typeof workspaceId === 'string' ? workspaceId : undefined;
    const facts = requestFacts(request, { surface: 'rest', reply: new ReplyPlan(), workspaceId: named });
    const ctx = await createContext(facts);
    const caller = await ctx.authenticate();
    if (caller === null) throw new AppError({ code: 'unauthenticated' });
    const { principal } = caller;
    requireCapability(principal, 'audit.read');
    if (principal.tenants !== 'all') throw new AppError({ code: 'all_tenants_required' });
    const wrong = Object.keys(others);
    const header = request.headers['x-workspace-id'];
    const agrees = named === undefined || header === undefined || header === named;
    if ((workspaceId !== undefined && named === undefined) || !agrees) wrong.push('workspaceId');
    if (wrong.length > 0) {
      const errors = wrong.map((name) => ({ pointer: `/${name}`, detail: 'is unknown, or named twice' }));
      throw new AppError({ code: 'invalid_input', errors });
    }
    const lines = exportAudit(ctx.db, principal.workspaceId);
    return reply
      .header('cache-control', 'no-store')
      .header('content-disposition', `attachment; filename="audit-${principal.workspaceId}.ndjson"`)
      .type('application/x-ndjson')
      .send(Readable.from(bytes(lines), { objectMode: false }));
  }

  app.route({
    method: 'GET',
    url,
    config: { dialect: 'native', limited: true },
    handler: (request, reply) =>
      answer(request, reply).catch((error: unknown) => sendProblem(reply, error, 'native')),
  });
  refuseOtherMethods(app, url, ['GET']);
}

async function* bytes(pages: AsyncIterable<readonly string[]>): AsyncGenerator<Buffer> {
  for await (const lines of pages) yield Buffer.from(`${lines.join('\n')}\n`);
}
