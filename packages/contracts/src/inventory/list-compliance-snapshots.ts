import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { page, pageQuery } from '../shape/page.ts';
import { complianceSnapshot } from './compliance-snapshot.ts';

/** Compliance snapshots of a tenant, newest first. */
export const listComplianceSnapshotsContract = defineContract(
  {
    method: 'GET',
    path: '/v1/compliance-snapshots',
    operationId: 'listComplianceSnapshots',
    summary: 'List compliance snapshots',
    description:
      'How many managed devices of a tenant were in which state of compliance, one for each snapshot, newest first.',
    tags: ['Inventory'],
    success: { 200: 'A page of compliance snapshots' },
    errors: { ...sessionErrors, 404: 'No such tenant, or none the caller may see.' },
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  { input: z.strictObject({ ...pageQuery, tenantId: entityId }), output: page(complianceSnapshot) },
);
