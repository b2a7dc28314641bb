import { roles } from '@signalbox/domain/access/capabilities';
import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { email, invitation } from './invitation.ts';
import { givenEntitlement } from './member.ts';

/** Opens a place in the workspace and answers the link that takes it. */
export const createInvitationContract = defineContract(
  {
    method: 'POST',
    path: '/v1/invitations',
    operationId: 'createInvitation',
    summary: 'Invite somebody',
    description:
      'Makes a link that lets one person join, once. It is in this answer and nowhere else: Signalbox sends nothing, so pass it on yourself. Its secret stands behind `#` and so in no log of a server.',
    tags: ['Members'],
    success: { 201: 'The invitation and its link' },
    errors: { ...thingErrors, 409: 'A place above your own, or too many open invitations.' },
    body: 'required',
    dialect: 'native',
    security: 'caller',
    examples: {
      request: {
        operator: { email: 'ada@example.org', role: 'operator', tenants: 'all', expiresInDays: 7 },
      },
    },
  },
  {
    input: z
      .strictObject({
        email,
        role: z.enum(roles),
        tenants: givenEntitlement.default('all'),
        expiresInDays: z.int().min(1).max(30).default(7),
      })
      .refine(({ role, tenants }) => role !== 'owner' || tenants === 'all', {
        error: 'an owner sees all tenants',
        path: ['tenants'],
      }),
    output: z.object({
      invitation,
      link: z.string().meta({
        description: 'Path and fragment on the address of the console; shown this once',
        example: '/join#yY0s...',
      }),
    }),
  },
);
