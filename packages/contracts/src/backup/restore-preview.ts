import { z } from 'zod';
import { policyKinds } from '../operation/input-parts.ts';
import { tenantRef } from '../run/run-parts.ts';
import { entityId } from '../shape/ids.ts';
import { moment } from '../shape/time.ts';

/** What a restore would do to one live object. */
export const previewChanges = ['create', 'update', 'skip', 'conflict'] as const;

/** A preview: what a restore of these items would do, and whether that is still true as far as we know. */
export const restorePreview = z
  .object({
    runId: entityId,
    tenant: tenantRef,
    backupSetId: entityId,
    backupSetName: z.string(),
    fingerprint: z.string(),
    fresh: z.boolean().meta({ description: 'False when something it depends on has changed since' }),
    counts: z.object({
      create: z.int().min(0),
      update: z.int().min(0),
      skip: z.int().min(0),
      conflict: z.int().min(0),
    }),
    createdAt: moment,
  })
  .meta({ id: 'RestorePreview' });
export type RestorePreview = z.infer<typeof restorePreview>;

/** One item of a preview. */
export const previewItem = z
  .object({
    itemId: entityId,
    policyId: z.string(),
    kind: policyKinds,
    name: z.string(),
    change: z.enum(previewChanges),
    reason: z.string().optional(),
    changed: z.array(z.string()).meta({ description: 'Paths that a restore would change' }),
    unknownGroups: z.array(z.string()).optional().meta({
      description: 'Groups of the captured assignments that the tenant does not have; map them',
    }),
  })
  .meta({ id: 'PreviewItem' });
export type PreviewItem = z.infer<typeof previewItem>;
