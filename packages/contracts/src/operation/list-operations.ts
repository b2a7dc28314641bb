import { tenantProviders } from '@signalbox/domain/connection/providers';
import { operationsOn } from '@signalbox/domain/operation/registry';
import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { jsonObject } from '../shape/json.ts';

/** A kind of work as the start form shows it. */
export const operationEntry = z
  .object({
    name: z.enum(operationsOn('native')),
    label: z.string(),
    description: z.string(),
    provider: z
      .enum([...tenantProviders, 'of_infra'])
      .nullable()
      .meta({
        description:
          '`of_infra`: the one that the settings of the infra name; null for work that needs no connection',
      }),
    capability: z.string(),
    allowed: z.boolean().meta({ description: 'Whether this caller holds the capability' }),
    retriesItems: z.boolean(),
    inputSchema: jsonObject.meta({ description: 'JSON Schema of `input`' }),
  })
  .meta({ id: 'OperationEntry' });
export type OperationEntry = z.infer<typeof operationEntry>;

/** The catalogue of operations, with the ones this caller may not start marked so. */
export const listOperationsContract = defineContract(
  {
    method: 'GET',
    path: '/v1/operations',
    operationId: 'listOperations',
    summary: 'List operations',
    description:
      'Every kind of work, with its input schema, the capability it needs and whether you hold it.',
    tags: ['Operations'],
    success: { 200: 'The catalogue' },
    errors: sessionErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  { input: z.strictObject({}), output: z.object({ items: z.array(operationEntry) }) },
);
