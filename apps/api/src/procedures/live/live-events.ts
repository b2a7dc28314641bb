import { type LiveEvent, liveInput } from '@signalbox/contracts/run/live-events';
import { getRun } from '@signalbox/db/queries/run/get-run';
import { type TrackedEnvelope, tracked } from '@trpc/server';
import { found, requireCapability } from '../../access/capability.ts';
import { given, givenId } from '../../access/given.ts';
import { LiveStream } from '../../live/live-stream.ts';
import { callerProcedure, wellFormed } from '../../trpc.ts';

/** The one stream of a console tab: hints for lists, and every event of the run it watches. */
export const liveEvents = callerProcedure
  .use(async ({ ctx, getRawInput, next }) => {
    const { principal } = ctx;
    const raw = await getRawInput();
    const id = givenId(raw, 'runId');
    const run =
      given(raw, 'runId') === undefined || id === undefined
        ? null
        : found(await ctx.db.inWorkspace(principal.workspaceId, (tx) => getRun(tx, principal, { id })));
    requireCapability(principal, 'run.read');
    return next({ ctx: { run } });
  })
  .use(wellFormed)
  .input(liveInput)
  .subscription(async function* ({ ctx, input, signal }): AsyncGenerator<TrackedEnvelope<LiveEvent>> {
    // Listen before replaying: what commits in between is told twice at worst, never lost.
    const subscriber = await ctx.live.subscribe({
      workspaceId: ctx.principal.workspaceId,
      runId: ctx.run?.id ?? null,
      sessionId: ctx.caller.session?.id ?? null,
      hangUp: () => ctx.hangUp(),
    });
    const stream = new LiveStream(ctx, subscriber);
    try {
      for await (const event of stream.events(input, signal)) {
        subscriber.given();
        yield tracked(stream.position(), event);
        subscriber.taken();
      }
    } finally {
      ctx.live.unsubscribe(subscriber);
    }
  });
