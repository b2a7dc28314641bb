import { listApiKeysContract } from '@signalbox/contracts/access/list-api-keys';
import { listApiKeys as listApiKeysQuery } from '@signalbox/db/queries/access/api-keys';
import { memberProcedure } from '../../access/procedures.ts';
import { openPage } from '../../page/open-page.ts';
import { presentApiKey } from '../../presenters/access/api-key.ts';
import { wellFormed } from '../../trpc.ts';

/** The keys of the workspace. */
export const listApiKeys = memberProcedure('key.manage')
  .meta(listApiKeysContract.meta)
  .use(wellFormed)
  .input(listApiKeysContract.input)
  .output(listApiKeysContract.output)
  .query(async ({ ctx, input }) => {
    const page = openPage(ctx, 'api-keys', input);
    const { position } = page;
    const rows = await ctx.db.inWorkspace(ctx.principal.workspaceId, (tx) =>
      listApiKeysQuery(tx, {
        live: input.status === undefined ? undefined : input.status === 'active',
        cursor: position && { at: String(position[0]), id: String(position[1]) },
        limit: page.fetch,
      }),
    );
    return page.close(rows, { present: presentApiKey, position: (row) => [row.exactAt, row.id] });
  });
