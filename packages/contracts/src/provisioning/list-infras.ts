import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { page, pageQuery } from '../shape/page.ts';
import { infraSummary } from './infra-record.ts';

/** Infras of the workspace, by name. */
export const listInfrasContract = defineContract(
  {
    method: 'GET',
    path: '/v1/infras',
    operationId: 'listInfras',
    summary: 'List infras',
    description: 'Infras of the workspace in the order of their names, with how much of each stands.',
    tags: ['Infras'],
    success: { 200: 'A page of infras' },
    errors: sessionErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  { input: z.strictObject(pageQuery), output: page(infraSummary) },
);
