import { requestConsentContract } from '@signalbox/contracts/connection/request-consent';
import { requestConsent as requestConsentCommand } from '@signalbox/db/commands/connection/request-consent';
import { AppError } from '@signalbox/domain/error/app-error';
import { found } from '../../access/capability.ts';
import { connectionProcedure } from '../../access/procedures.ts';
import { consentCallback, publicAddress } from '../../http/public-address.ts';
import { moment } from '../../presenters/time.ts';
import { wellFormed } from '../../trpc.ts';
import { refuseConnection } from './changed.ts';

/** Begins the way to the provider's page of consent. */
export const requestConsent = connectionProcedure('connection.manage')
  .meta(requestConsentContract.meta)
  .use(wellFormed)
  .input(requestConsentContract.input)
  .output(requestConsentContract.output)
  .mutation(async ({ ctx }) => {
    const { db, principal, requestId, connection, graphLoginUrl, publicOrigin } = ctx;
    const { clientId } = connection.settings;
    const { externalId } = found(connection.tenant);
    if (!connection.enabled) {
      const message = 'The connection is disabled, so consent could not be checked.';
      throw refuseConnection(connection.id, principal, { message, steps: ['enable_connection'] });
    }
    if (clientId === undefined) {
      const message = 'The connection names no application to consent to.';
      throw refuseConnection(connection.id, principal, { message, steps: ['renew_credential'] });
    }
    const address = publicAddress(publicOrigin, ctx.headers.host);
    if (address === null) {
      const message =
        'The public address of Signalbox is not known; set SIGNALBOX_PUBLIC_ORIGIN where the API is started.';
      throw new AppError({ code: 'conflict', message, nextSteps: ['ask_manager'] });
    }
    const asked = await requestConsentCommand(db, principal, { connectionId: connection.id, requestId });
    const url = new URL(`${encodeURIComponent(externalId)}/adminconsent`, `${graphLoginUrl}/`);
    url.searchParams.set('client_id', clientId);
    url.searchParams.set('redirect_uri', `${address}${consentCallback}`);
    url.searchParams.set('state', asked.state);
    return { url: url.href, expiresAt: moment(asked.expiresAt) };
  });
