import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { password } from './credentials.ts';

/** Offers a secret for an authenticator. */
export const enrolSecondFactorContract = defineContract(
  {
    method: 'POST',
    path: '/v1/account/mfa/enrol',
    operationId: 'enrolSecondFactor',
    summary: 'Begin to enrol a second factor',
    description:
      'Answers a secret for an authenticator app, as text and as the URI of a QR code (TOTP, RFC 6238). It changes nothing about your sign-in before you prove it with a code; asking again replaces it. 409 when you have a second factor.',
    tags: ['Account'],
    success: { 200: 'A secret to put into an authenticator' },
    errors: { ...sessionErrors, 409: 'You have a second factor already.' },
    body: 'required',
    examples: { request: { confirm: { password: 'the long password you have' } } },
    dialect: 'native',
    security: 'person',
  },
  {
    input: z.strictObject({ password }),
    output: z.object({
      secret: z.string().meta({ description: 'Base32, to type in by hand' }),
      uri: z.string(),
    }),
  },
);
