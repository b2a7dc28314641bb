import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { backupSet } from './backup-set.ts';

/** One backup set. */
export const getBackupSetContract = defineContract(
  {
    method: 'GET',
    path: '/v1/backup-sets/{id}',
    operationId: 'getBackupSet',
    summary: 'Get a backup set',
    description: 'One backup set; its items are at `/items`.',
    tags: ['Backups'],
    success: { 200: 'The backup set' },
    errors: thingErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  { input: z.strictObject({ id: entityId }), output: backupSet },
);
