import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { jsonObject } from '../shape/json.ts';
import { page, pageQuery } from '../shape/page.ts';
import { moment } from '../shape/time.ts';
import { itemFilter, itemOutcome } from './run-words.ts';

/** One unit of work inside a run, with its own result. */
export const runItem = z
  .object({
    position: z.int().min(0),
    key: z.string(),
    label: z.string(),
    outcome: itemOutcome.optional().meta({ description: 'Absent until there is a result' }),
    errorCode: z.string().optional(),
    message: z.string().optional(),
    detail: jsonObject.optional(),
    finishedAt: moment.optional(),
  })
  .meta({ id: 'RunItem' });
export type RunItem = z.infer<typeof runItem>;

/** Items of a run by keyset, in their order. */
export const listRunItemsContract = defineContract(
  {
    method: 'GET',
    path: '/v1/runs/{id}/items',
    operationId: 'listRunItems',
    summary: 'List the items of a run',
    description:
      'Items in their order, each with its result once there is one; `outcome=failed` gives what a retry would repeat.',
    tags: ['Runs'],
    success: { 200: 'A page of items' },
    errors: thingErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  {
    input: z.strictObject({ id: entityId, ...pageQuery, outcome: itemFilter.optional() }),
    output: page(runItem),
  },
);
