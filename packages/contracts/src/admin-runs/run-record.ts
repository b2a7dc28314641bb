import { z } from 'zod';

/** The run types of the admin-runs contract. */
export const adminRunTypes = [
  'backup_set_add_policies',
  'restore_execute',
  'restore_preview',
  'snapshot_capture',
] as const;
export type AdminRunType = (typeof adminRunTypes)[number];

/** The status words of the admin-runs contract. */
export const adminRunStatuses = ['queued', 'running', 'succeeded', 'failed', 'partial'] as const;

/** A run in the words of the admin-runs contract. `id` is the run's uuid. */
export const adminRunRecord = z
  .object({
    id: z.string(),
    tenantExternalId: z.string(),
    type: z.string(),
    status: z.enum(adminRunStatuses),
    createdAt: z.iso.datetime().optional(),
    startedAt: z.iso.datetime().nullable().optional(),
    finishedAt: z.iso.datetime().nullable().optional(),
    counts: z
      .strictObject({
        total: z.int().min(0).optional(),
        succeeded: z.int().min(0).optional(),
        failed: z.int().min(0).optional(),
      })
      .optional(),
    safeError: z
      .strictObject({ code: z.string().optional(), context: z.looseObject({}).optional() })
      .nullable()
      .optional(),
  })
  .meta({ id: 'RunRecord' });
export type AdminRunRecord = z.infer<typeof adminRunRecord>;

/** The answer to a start: the run, and whether it was there before. */
export const adminRunStartResponse = z
  .object({ reused: z.boolean().optional(), run: adminRunRecord })
  .meta({ id: 'RunStartResponse' });
