import { roles } from '@signalbox/domain/access/capabilities';
import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { page, pageQuery } from '../shape/page.ts';
import { line } from '../shape/text.ts';
import { member } from './member.ts';

/** Members of the workspace, by username. */
export const listMembersContract = defineContract(
  {
    method: 'GET',
    path: '/v1/members',
    operationId: 'listMembers',
    summary: 'List members',
    description:
      'Who belongs to the workspace, by username. `text` looks into usernames, and into emails for callers with `member.manage`.',
    tags: ['Members'],
    success: { 200: 'A page of members' },
    errors: sessionErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  {
    input: z.strictObject({ ...pageQuery, role: z.enum(roles).optional(), text: line(100).optional() }),
    output: page(member),
  },
);
