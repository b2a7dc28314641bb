import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { auditEntry } from '../run/list-run-audit.ts';
import { tenantRef } from '../run/run-parts.ts';
import { entityId } from '../shape/ids.ts';
import { page, pageQuery } from '../shape/page.ts';
import { key } from '../shape/text.ts';
import { givenMoment, moment } from '../shape/time.ts';

/** An audit entry of a workspace's log, with what it is about. */
export const auditLogEntry = auditEntry
  .extend({
    about: z.string().meta({
      description: 'What it is about, in words',
      example: 'Capture policies on Contoso',
    }),
    run: z.object({ id: entityId }).optional(),
    tenant: tenantRef.pick({ id: true, name: true }).optional(),
  })
  .meta({ id: 'AuditLogEntry' });
export type AuditLogEntry = z.infer<typeof auditLogEntry>;

/** The audit log of the workspace, newest first. */
export const listAuditContract = defineContract(
  {
    method: 'GET',
    path: '/v1/audit',
    operationId: 'listAudit',
    summary: 'List who did what',
    description:
      'Audit entries of the workspace, newest first. Entries about tenants you are not entitled to are left out, and so are the details of members, invitations and keys when you do not see every tenant. A page may hold fewer entries than `limit`, even none, and still have a `nextCursor`: a narrow filter looks through the log a part at a time, and `lookedBackTo` says how far. The whole log as NDJSON, for keeping and checking elsewhere: `GET /v1/audit/export`.',
    tags: ['Audit'],
    success: { 200: 'A page of audit entries' },
    errors: sessionErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  {
    input: z.strictObject({
      ...pageQuery,
      actor: key(200).optional().meta({ description: 'Who did it, or for whom a key did it' }),
      action: key(100).optional().meta({ example: 'run.cancel_requested' }),
      objectKind: key(50).optional().meta({ example: 'connection' }),
      objectId: key(200).optional().meta({ description: 'Together with `objectKind`', example: '42' }),
      runId: entityId.optional(),
      requestId: key(100).optional(),
      from: givenMoment.optional().meta({ description: 'Written at or after this moment' }),
      to: givenMoment.optional().meta({ description: 'Written before this moment' }),
    }),
    output: page(auditLogEntry).extend({
      lookedBackTo: moment
        .nullable()
        .meta({ description: 'Null when the log was looked through to its end' }),
    }),
  },
);
