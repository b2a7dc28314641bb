import { consentMinutes } from '@signalbox/domain/connection/consent';
import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { moment } from '../shape/time.ts';

/** Begins the way to the provider's page of consent. */
export const requestConsentContract = defineContract(
  {
    method: 'POST',
    path: '/v1/connections/{id}/consent',
    operationId: 'requestConsent',
    summary: 'Ask an administrator for consent',
    description: `Answers the address of the provider's page where an administrator of the tenant grants consent. It is good once and for ${consentMinutes} minutes. From there the browser comes back to \`/v1/connections/consent/callback\`, which proves nothing by itself: it starts a check with the rights you have then, and the check finds out what was granted.`,
    tags: ['Connections'],
    success: { 200: 'Where to go' },
    errors: {
      ...thingErrors,
      409: 'The connection is disabled, or has no application, or the public address of Signalbox is not known.',
    },
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  {
    input: z.strictObject({ id: entityId }),
    output: z.object({ url: z.url(), expiresAt: moment }).meta({ id: 'ConsentRequest' }),
  },
);
