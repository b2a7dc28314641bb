import { healthContract } from '@signalbox/contracts/observability/health';
import { publicProcedure, wellFormed } from '../../trpc.ts';

/** That the service answers, in words that satisfy both reference contracts with a `/health`. */
export const health = publicProcedure
  .meta(healthContract.meta)
  .use(wellFormed)
  .input(healthContract.input)
  .output(healthContract.output)
  .query(
    () => ({ success: true, data: 'Orchestrator is healthy', status: 'ok', service: 'signalbox' }) as const,
  );
