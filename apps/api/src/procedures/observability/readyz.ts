import { readyzContract } from '@signalbox/contracts/observability/readyz';
import { readiness } from '@signalbox/db/queries/observability/readiness';
import { AppError } from '@signalbox/domain/error/app-error';
import { publicProcedure, wellFormed } from '../../trpc.ts';

/**
 * Whether the process should be sent traffic. A missing worker is told, but keeps nobody from reading or starting.
 * How workers contain the commands they run is told too.
 */
export const readyz = publicProcedure
  .meta(readyzContract.meta)
  .use(wellFormed)
  .input(readyzContract.input)
  .output(readyzContract.output)
  .query(async ({ ctx }) => {
    const { reachable, migrated, liveWorkers, containment } = await readiness(ctx.db);
    const checks = [
      { name: 'database', ok: reachable, ...(!reachable && { detail: 'The database does not answer.' }) },
      {
        name: 'migrations',
        ok: migrated,
        ...(!migrated && { detail: 'The schema is not the one expected.' }),
      },
      {
        name: 'workers',
        ok: liveWorkers > 0,
        detail: liveWorkers > 0 ? `${liveWorkers} seen lately.` : 'None seen lately; runs stay queued.',
      },
      ...containment.map(({ kind, workers }) => ({
        name: 'containment',
        ok: true,
        detail: `${kind}: ${workers === 1 ? '1 worker' : `${workers} workers`}.`,
      })),
    ];
    if (!reachable || !migrated) {
      throw new AppError({ code: 'unavailable', retryAfterSeconds: 5, details: { checks } });
    }
    return { status: 'ready' as const, checks };
  });
