import { setCredentialContract } from '@signalbox/contracts/connection/set-credential';
import { rotateCredential } from '@signalbox/db/commands/connection/rotate-credential';
import { connectionProcedure } from '../../access/procedures.ts';
import { wellFormed } from '../../trpc.ts';
import { changed } from './changed.ts';
import { expiryOf } from './expiry.ts';

/** Gives a provider connection a new credential. */
export const setCredential = connectionProcedure('connection.manage')
  .meta(setCredentialContract.meta)
  .use(wellFormed)
  .input(setCredentialContract.input)
  .output(setCredentialContract.output)
  .mutation(async ({ ctx, input }) => {
    const { db, keyring, principal, requestId, connection } = ctx;
    const { clientSecret, clientId, credentialExpiresAt } = input;
    return changed(
      await rotateCredential(
        db,
        { principal, keyring },
        {
          connectionId: connection.id,
          secret: clientSecret,
          clientId,
          expiresAt: expiryOf(credentialExpiresAt, new Date()),
          requestId,
        },
      ),
    );
  });
