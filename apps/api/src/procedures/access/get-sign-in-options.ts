import { getSignInOptionsContract } from '@signalbox/contracts/access/get-sign-in-options';
import { setupNeeded } from '@signalbox/db/commands/access/setup-link';
import { publicProcedure, wellFormed } from '../../trpc.ts';

/** The accounts a demo start creates. */
const demoAccounts = [
  { username: 'operator', role: 'operator', workspaceId: 'ws-default' },
  { username: 'viewer', role: 'viewer', workspaceId: 'ws-default' },
  { username: 'manager', role: 'manager', workspaceId: 'ws-default' },
  { username: 'admin', role: 'owner', workspaceId: 'ws-default' },
  { username: 'outsider', role: 'owner', workspaceId: 'ws-other' },
] as const;

/** What the sign-in page may offer. Accounts are listed on a demo only. */
export const getSignInOptions = publicProcedure
  .meta(getSignInOptionsContract.meta)
  .use(wellFormed)
  .input(getSignInOptionsContract.input)
  .output(getSignInOptionsContract.output)
  .query(async ({ ctx }) => {
    const password = ctx.demoPassword;
    if (password === null) return { demo: false, accounts: [], setupNeeded: await setupNeeded(ctx.db) };
    const accounts = demoAccounts.map((account) => ({ ...account, password }));
    return { demo: true, accounts, setupNeeded: false };
  });
