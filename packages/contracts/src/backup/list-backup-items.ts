import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { policyKinds } from '../operation/input-parts.ts';
import { entityId } from '../shape/ids.ts';
import { page, pageQuery } from '../shape/page.ts';
import { backupItem } from './backup-set.ts';

/** Items of a backup set, by name. */
export const listBackupItemsContract = defineContract(
  {
    method: 'GET',
    path: '/v1/backup-sets/{id}/items',
    operationId: 'listBackupItems',
    summary: 'List the items of a backup set',
    description: 'The policy versions of a backup set, by name.',
    tags: ['Backups'],
    success: { 200: 'A page of items' },
    errors: thingErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  {
    input: z.strictObject({ id: entityId, ...pageQuery, kind: policyKinds.optional() }),
    output: page(backupItem),
  },
);
