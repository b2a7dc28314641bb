import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { name } from '../shape/text.ts';
import { backupSet } from './backup-set.ts';

/** Makes an empty backup set. Policies are added by a run. */
export const createBackupSetContract = defineContract(
  {
    method: 'POST',
    path: '/v1/backup-sets',
    operationId: 'createBackupSet',
    summary: 'Create a backup set',
    description:
      'An empty, named backup set of a tenant. Add policies with the operation `backup_set_add_policies`.',
    tags: ['Backups'],
    success: { 201: 'Created' },
    errors: { ...thingErrors, 409: 'The tenant already has a backup set of this name.' },
    body: 'required',
    dialect: 'native',
    security: 'caller',
    responseHeaders: {
      Location: {
        description: 'Where the backup set can be read.',
        schema: { type: 'string', format: 'uri-reference' },
        statuses: [201],
      },
    },
    examples: { request: { weekly: { tenantId: 1, name: 'weekly' } } },
  },
  {
    input: z.strictObject({
      tenantId: entityId,
      name: name(100).meta({ example: 'weekly' }),
    }),
    output: backupSet,
  },
);
