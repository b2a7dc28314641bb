import { z } from 'zod';
import { policyKinds } from '../operation/input-parts.ts';
import { tenantRef } from '../run/run-parts.ts';
import { entityId } from '../shape/ids.ts';
import { moment } from '../shape/time.ts';

/** A named set of immutable policy versions. */
export const backupSet = z
  .object({
    id: entityId,
    tenant: tenantRef,
    name: z.string(),
    items: z.int().min(0),
    complete: z.boolean().meta({ description: 'The last run that added to it ended without a failed item' }),
    lastRunId: entityId.optional(),
    createdAt: moment,
    updatedAt: moment.optional().meta({ description: 'When an item was last added' }),
  })
  .meta({ id: 'BackupSet' });
export type BackupSet = z.infer<typeof backupSet>;

/** One policy version in a backup set. It never changes; a newer capture is another item. */
export const backupItem = z
  .object({
    id: entityId,
    policyId: z.string().meta({ description: 'Id of the policy at the provider' }),
    kind: policyKinds,
    name: z.string(),
    version: z.int().min(1),
    hash: z.string().meta({ description: 'SHA-256 of the captured policy with its assignments' }),
    assignments: z.int().min(0),
    capturedAt: moment,
  })
  .meta({ id: 'BackupItem' });
export type BackupItem = z.infer<typeof backupItem>;
