import { createConnectionContract } from '@signalbox/contracts/connection/create-connection';
import { createConnection as createConnectionCommand } from '@signalbox/db/commands/connection/create-connection';
import { tenantProcedure } from '../../access/procedures.ts';
import { concealed } from '../../gate/concealed.ts';
import { idempotencyOf } from '../../gate/idempotency.ts';
import { madeOnce } from '../../gate/made-once.ts';
import { presentConnection } from '../../presenters/connection/connection.ts';
import { wellFormed } from '../../trpc.ts';
import { expiryOf } from './expiry.ts';

/** Adds a provider connection to a tenant. */
export const createConnection = tenantProcedure('connection.manage', 'tenantId')
  .meta(createConnectionContract.meta)
  .use(wellFormed)
  .input(createConnectionContract.input)
  .output(createConnectionContract.output)
  .mutation(async ({ ctx, input }) => {
    const { db, keyring, principal, requestId } = ctx;
    const { provider, label, clientId, clientSecret, credentialExpiresAt, isDefault } = input;
    const now = new Date();
    const once = await createConnectionCommand(
      db,
      { author: principal, keyring },
      {
        tenantId: ctx.tenant.id,
        provider,
        label,
        isDefault,
        settings: { clientId },
        secret: clientSecret ?? null,
        credentialExpiresAt: expiryOf(credentialExpiresAt, now),
        idempotency: idempotencyOf(ctx, createConnectionContract.meta, concealed(keyring, input)),
        requestId,
      },
    );
    const connection = madeOnce(once, (refused) => refused);
    ctx.reply.created(`/v1/connections/${connection.id}`);
    return presentConnection(connection, now);
  });
