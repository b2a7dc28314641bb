import type { ContractMeta } from '@signalbox/contracts/openapi/operation';
import { AppError } from '@signalbox/domain/error/app-error';
import { experimental_standaloneMiddleware, initTRPC, TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc';
import type { AppContext, Caller } from './context.ts';
import { toProblem } from './errors/to-problem.ts';
import { WireError } from './errors/wire-error.ts';

/** tRPC's name for each HTTP status; 400 has two, and the later one, BAD_REQUEST, stays. */
const codeNames = new Map(
  (Object.keys(TRPC_ERROR_CODES_BY_KEY) as TRPCError['code'][]).map((code) => [
    getHTTPStatusCodeFromError(new TRPCError({ code })),
    code,
  ]),
);

const t = initTRPC
  .context<AppContext>()
  .meta<ContractMeta>()
  .create({
    // The console gets the same problem as REST, and no stack in any environment.
    errorFormatter({ error, shape, ctx }) {
      const { problem } = toProblem(error, ctx?.requestId ?? 'unknown');
      const code = codeNames.get(problem.status) ?? shape.data.code;
      return {
        code: TRPC_ERROR_CODES_BY_KEY[code],
        message: problem.detail,
        data: { code, httpStatus: problem.status, path: shape.data.path, problem },
      };
    },
    sse: {
      ping: { enabled: true, intervalMs: 10_000 },
      client: { reconnectAfterInactivityMs: 25_000 },
      maxDurationMs: 30 * 60_000,
    },
  });

export const router = t.router;

/** Asks for a caller with a valid credential. Nothing about the request is judged before this. */
export const requireCaller = t.middleware(async ({ ctx, next, type }) => {
  // A stream comes back by itself, also to a tab that nobody looks at, so opening one is no sign of life.
  const caller = await (type === 'subscription' ? ctx.authenticateAgain() : ctx.authenticate());
  if (caller === null) throw new AppError({ code: 'unauthenticated' });
  if (ctx.unknownTarget) throw new AppError({ code: 'not_found' });
  return next({ ctx: { caller, principal: caller.principal } });
});

/** Asks for a person: what is their own is nothing an API key may touch, even one that acts for them. */
export const requirePerson = experimental_standaloneMiddleware<{ ctx: { caller: Caller } }>().create(
  ({ ctx, next }) => {
    const { session } = ctx.caller;
    if (session === null) throw new AppError({ code: 'person_required' });
    return next({ ctx: { session, principal: session.principal } });
  },
);

/**
 * Tells the faults of the request that are no schema's business: a missing body, an unknown query key. Stands right
 * before `.input()`, after visibility and capability, so that a bad request never outruns a 401, 404 or 403.
 * The server refuses to start with a procedure that lacks it.
 */
export const wellFormed = t.middleware(async ({ ctx, next }) => {
  if (ctx.faults.length > 0) throw new AppError({ code: 'invalid_input', errors: ctx.faults });
  return next();
});

/**
 * Refuses a caller who accepts none of the media types of the operation. Stands right after `.input()`, so that it is
 * asked after 401, 404, 403 and 400, and before anything is changed.
 */
export const acceptable = t.middleware(async ({ ctx, next }) => {
  if (ctx.notAcceptable !== null) throw new WireError({ code: 'not_acceptable', detail: ctx.notAcceptable });
  return next();
});

/** For operations open to anyone. */
export const publicProcedure = t.procedure;

/**
 * For operations of a caller. The order is always
 * `.meta(c.meta)`, visibility and capability, `.use(wellFormed)`, `.input(c.input)`, `.output(c.output)`.
 */
export const callerProcedure = t.procedure.use(requireCaller);

/** The same for what is a person's own. */
export const personProcedure = callerProcedure.use(requirePerson);
