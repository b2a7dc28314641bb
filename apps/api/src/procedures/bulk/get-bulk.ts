import { getBulkContract } from '@signalbox/contracts/bulk/get-bulk';
import { bulkProcedure } from '../../access/procedures.ts';
import { presentBulk } from '../../presenters/bulk/bulk-record.ts';
import { wellFormed } from '../../trpc.ts';

/** One bulk action. */
export const getBulk = bulkProcedure
  .meta(getBulkContract.meta)
  .use(wellFormed)
  .input(getBulkContract.input)
  .output(getBulkContract.output)
  .query(({ ctx }) => presentBulk(ctx.bulk, ctx.principal));
