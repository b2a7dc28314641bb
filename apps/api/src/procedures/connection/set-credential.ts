import { setCredentialContract } from '@signalbox/contracts/connection/set-credential';
import { rotateCredential } from '@signalbox/db/commands/connection/rotate-credential';
import { AppError } from '@signalbox/domain/error/app-error';
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
    const { clientSecret, clientId, account, credentialExpiresAt } = input;
    const misplaced = connection.tenant === null ? { clientId } : { account };
    refuseMisplaced(misplaced);
    return changed(
      await rotateCredential(
        db,
        { principal, keyring },
        {
          connectionId: connection.id,
          secret: clientSecret,
          clientId,
          account,
          expiresAt: expiryOf(credentialExpiresAt, new Date()),
          requestId,
        },
      ),
    );
  });

/** A field that belongs to connections of the other kind. */
function refuseMisplaced(fields: Readonly<Record<string, string | undefined>>): void {
  const errors = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined
      ? []
      : [{ pointer: `/${name}`, detail: 'does not belong to a connection to this provider' }],
  );
  if (errors.length > 0) throw new AppError({ code: 'invalid_input', errors });
}
