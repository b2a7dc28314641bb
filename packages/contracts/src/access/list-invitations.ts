import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { page, pageQuery } from '../shape/page.ts';
import { invitation, invitationState } from './invitation.ts';

/** Invitations of the workspace, newest first. */
export const listInvitationsContract = defineContract(
  {
    method: 'GET',
    path: '/v1/invitations',
    operationId: 'listInvitations',
    summary: 'List invitations',
    description: 'Invitations of the workspace, newest first: open, accepted, expired and revoked.',
    tags: ['Members'],
    success: { 200: 'A page of invitations' },
    errors: sessionErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  {
    input: z.strictObject({ ...pageQuery, state: invitationState.optional() }),
    output: page(invitation),
  },
);
