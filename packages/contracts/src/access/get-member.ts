import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { member } from './member.ts';

/** One member. */
export const getMemberContract = defineContract(
  {
    method: 'GET',
    path: '/v1/members/{id}',
    operationId: 'getMember',
    summary: 'Read a member',
    description: 'The member with this user id. Somebody who was removed is a member no more.',
    tags: ['Members'],
    success: { 200: 'The member' },
    errors: thingErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  { input: z.strictObject({ id: entityId }), output: member },
);
