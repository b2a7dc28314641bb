import { livezContract } from '@signalbox/contracts/observability/livez';
import { publicProcedure, wellFormed } from '../../trpc.ts';

/** Whether the process should be left running. */
export const livez = publicProcedure
  .meta(livezContract.meta)
  .use(wellFormed)
  .input(livezContract.input)
  .output(livezContract.output)
  .query(() => ({ status: 'alive' as const }));
