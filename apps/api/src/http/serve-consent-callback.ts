import { takeConsent } from '@signalbox/db/commands/connection/take-consent';
import type { ConsentReturn } from '@signalbox/domain/connection/consent';
import { isProviderTenantId } from '@signalbox/domain/connection/provider-tenant';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AppContext, RequestFacts } from '../context.ts';
import { checkAfterConsent } from '../gate/check-after-consent.ts';
import { consentPage } from '../openapi/consent-page.ts';
import { refuseOtherMethods } from './method-not-allowed.ts';
import { consentCallback } from './public-address.ts';
import { type ReadQuery, readQuery } from './read-query.ts';
import { ReplyPlan } from './reply-plan.ts';
import { requestFacts } from './request-facts.ts';
import { sendProblem } from './send-problem.ts';

/**
 * Serves the way back from the provider's page of consent, which a browser takes without a token: its state is what it
 * proves itself with. It answers pages and redirections, so it stands beside the operations. Whatever is wrong with a
 * return is told by the same page, which repeats nothing of what was sent.
 */
export function serveConsentCallback(
  app: FastifyInstance,
  { createContext }: { readonly createContext: (facts: RequestFacts) => Promise<AppContext> },
): void {
  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const back = returned(request);
    const facts = requestFacts(request, { surface: 'rest', reply: new ReplyPlan() });
    const ctx = await createContext(facts);
    const taken =
      back === null
        ? null
        : await takeConsent(ctx.db, back.state, { ...back.said, requestId: facts.requestId });
    reply.header('cache-control', 'no-store');
    if (taken === null) return reply.code(400).type('text/html; charset=utf-8').send(consentPage);
    const search = new URLSearchParams({ consent: await checkAfterConsent(ctx, taken) });
    return reply.redirect(`/w/${taken.workspaceId}/connections/${taken.connection.id}?${search}`, 303);
  }

  app.route({
    method: 'GET',
    url: consentCallback,
    config: { dialect: 'native', limited: true },
    handler: (request, reply) =>
      answer(request, reply).catch((error: unknown) => sendProblem(reply, error, 'native')),
  });
  refuseOtherMethods(app, consentCallback, ['GET']);
}

/** What the provider said, when all of it is there once and well-formed; what else it sends along is its own business. */
function returned(request: FastifyRequest): { readonly state: string; readonly said: ConsentReturn } | null {
  const query = queryOf(request);
  const { state, tenant, error, admin_consent: consent } = query ?? {};
  if (typeof state !== 'string' || !/^[A-Za-z0-9_-]{43}$/.test(state)) return null;
  if (error !== undefined) {
    const plain = typeof error === 'string' && /^[a-z_]{1,64}$/.test(error);
    return plain ? { state, said: { kind: 'error', error } } : null;
  }
  if (consent !== 'True' || typeof tenant !== 'string' || !isProviderTenantId(tenant)) return null;
  return { state, said: { kind: 'granted', tenant: tenant.toLowerCase() } };
}

function queryOf(request: FastifyRequest): ReadQuery | null {
  try {
    return readQuery(request.raw.url ?? '');
  } catch {
    return null;
  }
}
