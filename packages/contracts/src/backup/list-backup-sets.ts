import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { page, pageQuery } from '../shape/page.ts';
import { backupSet } from './backup-set.ts';

/** Backup sets the caller may see, newest first. */
export const listBackupSetsContract = defineContract(
  {
    method: 'GET',
    path: '/v1/backup-sets',
    operationId: 'listBackupSets',
    summary: 'List backup sets',
    description: 'Backup sets of the tenants you are entitled to, newest first.',
    tags: ['Backups'],
    success: { 200: 'A page of backup sets' },
    errors: sessionErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  { input: z.strictObject({ ...pageQuery, tenantId: entityId.optional() }), output: page(backupSet) },
);
