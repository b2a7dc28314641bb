import { loginContract } from '@signalbox/contracts/access/login';
import { adminStartRunContract } from '@signalbox/contracts/admin-runs/start-run';
import { startOutcome } from '@signalbox/contracts/gate/start-outcome';
import {
  publicErrors,
  startErrors,
  startHeaders,
  thingErrors,
} from '@signalbox/contracts/openapi/common-errors';
import { type ContractFacts, defineContract } from '@signalbox/contracts/openapi/operation';
import {
  providerStartOutcome,
  startOutcomeMedia,
} from '@signalbox/contracts/provider-dispatch/start-outcome';
import { commaList } from '@signalbox/contracts/shape/comma-list';
import { entityId, uid } from '@signalbox/contracts/shape/ids';
import { AppError } from '@signalbox/domain/error/app-error';
import { z } from 'zod';
import { answerStart } from '../../src/openapi/answer-start.ts';
import { acceptable, callerProcedure, publicProcedure, router, wellFormed } from '../../src/trpc.ts';

const base = {
  summary: 'Test',
  description: 'Test',
  tags: ['Test'],
  success: { 200: 'Done' },
  errors: publicErrors,
  body: 'none',
  dialect: 'native',
  security: 'none',
} satisfies Partial<ContractFacts>;

/** What a procedure was given, so that a test can see it. */
const seen = z.object({ input: z.unknown() });

const kinds = {
  flag: z.boolean().optional(),
  count: z.int().min(0).max(100).default(7),
  words: commaList(z.enum(['a', 'b'])).optional(),
  text: z.string().min(1).max(20).optional(),
};

const query = defineContract(
  { ...base, method: 'GET', path: '/test/query', operationId: 'query' },
  { input: z.strictObject(kinds), output: seen },
);

const body = defineContract(
  { ...base, method: 'POST', path: '/test/body', operationId: 'body', body: 'optional' },
  {
    input: z.strictObject({
      flag: z.boolean().optional(),
      count: z.number().optional(),
      maybe: z.string().nullable().optional(),
      nested: z.strictObject({ count: z.number(), flag: z.boolean() }).optional(),
      text: z.string().max(1_100_000).optional(),
    }),
    output: seen,
  },
);

const byId = defineContract(
  { ...base, method: 'GET', path: '/test/things/{id}', operationId: 'byId', errors: thingErrors },
  { input: z.strictObject({ id: entityId }), output: seen },
);

const list = defineContract(
  { ...base, method: 'GET', path: '/test/things', operationId: 'list' },
  { input: z.strictObject({}), output: z.object({ list: z.literal(true) }) },
);

const byUid = defineContract(
  { ...base, method: 'GET', path: '/test/uids/{uid}', operationId: 'byUid', errors: thingErrors },
  { input: z.strictObject({ uid }), output: seen },
);

const byText = defineContract(
  { ...base, method: 'GET', path: '/test/texts/{name}', operationId: 'byText', errors: thingErrors },
  { input: z.strictObject({ name: z.string() }), output: seen },
);

const fixed = defineContract(
  { ...base, method: 'GET', path: '/test/texts/fixed', operationId: 'fixed' },
  { input: z.strictObject({}), output: z.object({ fixed: z.literal(true) }) },
);

const start = defineContract(
  {
    ...base,
    method: 'POST',
    path: '/test/starts',
    operationId: 'start',
    body: 'required',
    success: { 201: 'Accepted', 200: 'Deduped' },
    errors: startErrors,
    responseHeaders: startHeaders,
  },
  { input: z.strictObject({ outcome: z.string() }), output: startOutcome },
);

const later = defineContract(
  { ...base, method: 'POST', path: '/test/later', operationId: 'later', success: { 202: 'Later' } },
  { input: z.strictObject({}), output: z.object({}) },
);

const secret = defineContract(
  {
    ...base,
    method: 'POST',
    path: '/test/secret/{id}',
    operationId: 'secret',
    body: 'required',
    security: 'caller',
    errors: thingErrors,
  },
  { input: z.strictObject({ id: entityId, value: z.string() }), output: seen },
);

const formed = defineContract(
  {
    ...base,
    method: 'POST',
    path: '/test/formed/{id}',
    operationId: 'formed',
    body: 'optional',
    security: 'caller',
    errors: thingErrors,
    dialect: 'provider-dispatch',
    media: startOutcomeMedia,
  },
  { input: z.object({ id: entityId, value: z.string().optional() }), output: providerStartOutcome },
);

/** How often the `formed` procedure did what it does. */
export const formedCalls = { count: 0 };

const broken = defineContract(
  { ...base, method: 'GET', path: '/test/broken', operationId: 'broken' },
  { input: z.strictObject({}), output: z.object({}) },
);

const slow = defineContract(
  { ...base, method: 'GET', path: '/test/slow', operationId: 'slow' },
  { input: z.strictObject({}), output: z.object({}) },
);

/** Resolves when the `slow` procedure began, and when its caller's leaving reached it. */
export const slowSignals = {
  began: Promise.withResolvers<void>(),
  aborted: Promise.withResolvers<void>(),
};

const outcomes = {
  accepted: { outcome: 'accepted', message: 'Queued.', nextSteps: [] },
  deduped: { outcome: 'deduped', message: 'Already active.', nextSteps: [] },
  scope_busy: {
    outcome: 'scope_busy',
    message: 'Run 3 holds the scope.',
    reason: { code: 'scope_busy', label: 'Scope busy', text: 'Held.', severity: 'warning' },
    nextSteps: [{ code: 'open_holder', label: 'Open it', href: '/w/ws-default/runs/3' }],
    holder: {
      runId: 3,
      operation: 'restore_execute',
      since: '2026-01-01T00:00:00.000Z',
      expectedEnd: '2026-01-01T00:00:30.000Z',
    },
  },
  quota: {
    outcome: 'blocked',
    message: 'Used up.',
    reason: { code: 'quota_exceeded', label: 'Quota used up', text: 'Used up.', severity: 'error' },
    nextSteps: [{ code: 'view_usage', label: 'See usage' }],
  },
} satisfies Record<string, z.input<typeof startOutcome>>;

/** A router of small operations, one for each thing the HTTP layer must do. */
export const testRouter = router({
  query: publicProcedure
    .meta(query.meta)
    .use(wellFormed)
    .input(query.input)
    .output(query.output)
    .query(({ input }) => ({ input })),
  body: publicProcedure
    .meta(body.meta)
    .use(wellFormed)
    .input(body.input)
    .output(body.output)
    .mutation(({ input }) => ({ input })),
  byId: publicProcedure
    .meta(byId.meta)
    .use(wellFormed)
    .input(byId.input)
    .output(byId.output)
    .query(({ input }) => {
      if (input.id === 404) throw new AppError({ code: 'not_found' });
      return { input };
    }),
  list: publicProcedure
    .meta(list.meta)
    .use(wellFormed)
    .input(list.input)
    .output(list.output)
    .query(() => ({ list: true as const })),
  byUid: publicProcedure
    .meta(byUid.meta)
    .use(wellFormed)
    .input(byUid.input)
    .output(byUid.output)
    .query(({ input }) => ({ input })),
  byText: publicProcedure
    .meta(byText.meta)
    .use(wellFormed)
    .input(byText.input)
    .output(byText.output)
    .query(({ input }) => ({ input })),
  fixed: publicProcedure
    .meta(fixed.meta)
    .use(wellFormed)
    .input(fixed.input)
    .output(fixed.output)
    .query(() => ({ fixed: true as const })),
  start: publicProcedure
    .meta(start.meta)
    .use(wellFormed)
    .input(start.input)
    .output(start.output)
    .mutation(({ ctx, input }) => {
      const outcome = startOutcome.parse(outcomes[input.outcome as keyof typeof outcomes]);
      if (outcome.outcome === 'accepted') ctx.reply.created('/v1/runs/1');
      return answerStart(ctx.reply, outcome, new Date('2026-01-01T00:00:00.000Z'));
    }),
  later: publicProcedure
    .meta(later.meta)
    .use(wellFormed)
    .input(later.input)
    .output(later.output)
    .mutation(({ ctx }) => {
      ctx.reply.accepted();
      return {};
    }),
  secret: callerProcedure
    .meta(secret.meta)
    .use(async ({ getRawInput, next }) => {
      const raw = (await getRawInput()) as { id?: unknown };
      if (raw.id === 404) throw new AppError({ code: 'not_found' });
      if (raw.id === 403) throw new AppError({ code: 'forbidden', capability: 'run.cancel' });
      return next();
    })
    .use(wellFormed)
    .input(secret.input)
    .output(secret.output)
    .mutation(({ input }) => ({ input })),
  formed: callerProcedure
    .meta(formed.meta)
    .use(async ({ getRawInput, next }) => {
      const raw = (await getRawInput()) as { id?: unknown };
      if (raw.id === 404) throw new AppError({ code: 'not_found' });
      if (raw.id === 403) throw new AppError({ code: 'forbidden', capability: 'run.cancel' });
      return next();
    })
    .use(wellFormed)
    .input(formed.input)
    .use(acceptable)
    .output(formed.output)
    .mutation(({ input }) => {
      formedCalls.count += 1;
      return {
        status: 'blocked' as const,
        operationType: 'x<y',
        operatorMessage: input.value ?? '<script>alert("1")</script>',
        nextSteps: [{ label: 'Add one & go', href: '/w/ws-default/connections?open=new&tenant=1' }],
      };
    }),
  broken: publicProcedure
    .meta(broken.meta)
    .use(wellFormed)
    .input(broken.input)
    .output(broken.output)
    .query(() => {
      throw new Error('select * from users where password = hunter2 at /srv/app.ts');
    }),
  slow: publicProcedure
    .meta(slow.meta)
    .use(wellFormed)
    .input(slow.input)
    .output(slow.output)
    .query(async ({ signal }) => {
      slowSignals.began.resolve();
      await new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()));
      slowSignals.aborted.resolve();
      return {};
    }),
  login: publicProcedure
    .meta(loginContract.meta)
    .use(wellFormed)
    .input(loginContract.input)
    .output(loginContract.output)
    .mutation(() => {
      throw new AppError({ code: 'sign_in_refused' });
    }),
  adminStart: callerProcedure
    .meta(adminStartRunContract.meta)
    .use(async ({ getRawInput, next }) => {
      const raw = (await getRawInput()) as { tenantExternalId?: unknown };
      if (raw.tenantExternalId !== 'contoso') throw new AppError({ code: 'not_found' });
      return next();
    })
    .use(wellFormed)
    .input(adminStartRunContract.input)
    .output(adminStartRunContract.output)
    .mutation(({ ctx, input }) => {
      ctx.reply.created('/admin/t/contoso/runs/x/1');
      return {
        reused: false,
        run: {
          id: '1',
          tenantExternalId: input.tenantExternalId,
          type: input.runType,
          status: 'queued' as const,
        },
      };
    }),
  ticks: publicProcedure.input(z.strictObject({})).subscription(async function* ({ signal }) {
    yield { tick: 1 };
    await new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()));
  }),
});
