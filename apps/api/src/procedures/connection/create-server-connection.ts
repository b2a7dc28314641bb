import { createServerConnectionContract } from '@signalbox/contracts/connection/create-server-connection';
import { createConnection } from '@signalbox/db/commands/connection/create-connection';
import { memberProcedure } from '../../access/procedures.ts';
import { concealed } from '../../gate/concealed.ts';
import { idempotencyOf } from '../../gate/idempotency.ts';
import { madeOnce } from '../../gate/made-once.ts';
import { presentConnection } from '../../presenters/connection/connection.ts';
import { wellFormed } from '../../trpc.ts';
import { expiryOf } from './expiry.ts';

/** Adds a connection of the workspace to a provider of servers. */
export const createServerConnection = memberProcedure('connection.manage')
  .meta(createServerConnectionContract.meta)
  .use(wellFormed)
  .input(createServerConnectionContract.input)
  .output(createServerConnectionContract.output)
  .mutation(async ({ ctx, input }) => {
    const { db, keyring, principal, requestId } = ctx;
    const { provider, label, account, region, secret, credentialExpiresAt, isDefault } = input;
    const now = new Date();
    const once = await createConnection(
      db,
      { author: principal, keyring },
      {
        tenantId: null,
        provider,
        label,
        isDefault,
        settings: { ...(account !== undefined && { account }), ...(region !== undefined && { region }) },
        secret: secret ?? null,
        credentialExpiresAt: expiryOf(credentialExpiresAt, now),
        idempotency: idempotencyOf(ctx, createServerConnectionContract.meta, concealed(keyring, input)),
        requestId,
      },
    );
    const connection = madeOnce(once, (refused) => refused);
    ctx.reply.created(`/v1/connections/${connection.id}`);
    return presentConnection(connection, now);
  });
