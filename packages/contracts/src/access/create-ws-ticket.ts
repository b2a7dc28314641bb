import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { moment } from '../shape/time.ts';

/** A ticket for one event stream. */
export const createWsTicketContract = defineContract(
  {
    method: 'POST',
    path: '/v1/auth/ws-ticket',
    operationId: 'createWsTicket',
    summary: 'Make a ticket for the event stream',
    description:
      'Answers a ticket that opens `/ws` once, within 30 seconds, in the workspace of this call: to send as `token` in place of an access token, which would stand in logs of proxies for as long as it works. The stream ends when the session ends or the API key is revoked.',
    tags: ['Authentication'],
    success: { 200: 'The ticket' },
    errors: sessionErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  {
    input: z.strictObject({}),
    output: z
      .object({
        ticket: z.string().meta({ description: 'Shown this once; its hash is kept' }),
        expiresAt: moment,
      })
      .meta({ id: 'WsTicket' }),
  },
);
