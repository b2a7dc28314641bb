import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { jsonObject } from '../shape/json.ts';
import { page, pageQuery } from '../shape/page.ts';
import { moment } from '../shape/time.ts';

/** Who did what, written in the transaction of the deed. */
export const auditEntry = z
  .object({
    id: entityId,
    at: moment,
    actor: z.object({
      kind: z.string().meta({ description: 'user, api_key, worker or system' }),
      name: z.string(),
      onBehalfOf: z.string().optional().meta({ description: 'The person an API key acted for' }),
    }),
    action: z.string().meta({ example: 'run.cancel_requested' }),
    label: z.string().meta({ description: 'The action in plain words, after the name of the actor' }),
    object: z.object({ kind: z.string(), id: z.string() }),
    details: jsonObject,
    requestId: z.string().optional().meta({ description: 'The request that did it, where there was one' }),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof auditEntry>;

/** What was done to a run, oldest first. */
export const listRunAuditContract = defineContract(
  {
    method: 'GET',
    path: '/v1/runs/{id}/audit',
    operationId: 'listRunAudit',
    summary: 'List who did what to a run',
    description:
      'Audit entries of a run, oldest first. Entries are never changed or removed. Needs the capability `audit.read`.',
    tags: ['Runs'],
    success: { 200: 'A page of audit entries' },
    errors: thingErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  { input: z.strictObject({ id: entityId, ...pageQuery }), output: page(auditEntry) },
);
