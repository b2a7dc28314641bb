import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { cursor } from '../shape/page.ts';
import { moment } from '../shape/time.ts';

const digest = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({ description: 'SHA-256 in hexadecimal' });

/** The newest seal: kept elsewhere, it shows later whether the log was cut off or written anew. */
export const auditHead = z
  .object({
    number: z.int().min(1).meta({ description: 'The number of the seal' }),
    digest,
    sealedAt: z.string().meta({
      description: 'ISO 8601 in UTC with microseconds, as it was sealed',
      example: '2026-03-14T02:15:00.123456Z',
    }),
    entries: z.int().min(0).meta({ description: 'Entries sealed so far' }),
  })
  .meta({ id: 'AuditHead' });

/** What was tampered with. */
const auditFault = z.object({
  kind: z.enum([
    'entry_changed',
    'entry_missing',
    'entry_added',
    'entry_moved',
    'seal_missing',
    'seal_changed',
    'seal_replaced',
    'head_differs',
    'cut_off',
  ]),
  message: z.string().meta({ example: 'Entry 42 was changed after seal 7 had been put on it.' }),
  entryId: z.int().optional().meta({ description: 'The first entry that is not as it was sealed' }),
  seal: z.int().min(0).meta({ description: 'The seal that tells; for `cut_off` the last one there' }),
});

/** What a verification found. */
export const auditVerdict = z
  .object({
    outcome: z.enum(['intact', 'broken', 'unfinished']),
    entries: z.int().min(0).meta({ description: 'Entries found as they were sealed' }),
    seals: z.int().min(0),
    head: auditHead
      .omit({ entries: true })
      .nullable()
      .meta({ description: 'The last seal that was looked at' }),
    unsealed: z
      .int()
      .min(0)
      .meta({ description: 'Entries that no seal covers yet; a worker seals each second' }),
    oldestUnsealed: moment.optional(),
    fault: auditFault.optional(),
    nextCursor: z.string().nullable().meta({ description: 'Set when `unfinished`: where to go on' }),
  })
  .meta({ id: 'AuditVerdict' });
export type AuditVerdict = z.infer<typeof auditVerdict>;

/** Compares the log with its seals. */
export const verifyAuditContract = defineContract(
  {
    method: 'GET',
    path: '/v1/audit/verify',
    operationId: 'verifyAudit',
    summary: 'Verify the audit log',
    description:
      'Reads the log from its beginning, compares every entry and seal with what was sealed, and names the first that was changed, removed, added or moved. A log too long for one request is `unfinished` and goes on with `cursor`. With `headNumber` and `headDigest` of a head kept elsewhere it also finds a log that was cut off or written anew.',
    tags: ['Audit'],
    success: { 200: 'What was found' },
    errors: sessionErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  {
    input: z.strictObject({
      cursor: cursor.optional(),
      headNumber: z.int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
      headDigest: digest.optional(),
    }),
    output: auditVerdict,
  },
);

/** The head of the log. */
export const getAuditHeadContract = defineContract(
  {
    method: 'GET',
    path: '/v1/audit/head',
    operationId: 'getAuditHead',
    summary: 'Read the head of the audit log',
    description:
      'The newest seal. Keep it outside of Signalbox: who can write to the database can also seal a changed log anew, and only a head from before shows it.',
    tags: ['Audit'],
    success: { 200: 'The head; null while nothing is sealed' },
    errors: sessionErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  { input: z.strictObject({}), output: z.object({ head: auditHead.nullable() }) },
);
