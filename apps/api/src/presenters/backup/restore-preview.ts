import {
  type PreviewItem,
  previewChanges,
  type RestorePreview,
} from '@signalbox/contracts/backup/restore-preview';
import type { PreviewRecord, policiesOfItems } from '@signalbox/db/queries/backup/restore-previews';
import { policyKind } from '../inventory/policy.ts';
import { moment } from '../time.ts';

/** A preview: what a restore would do, and whether that is still true as far as we know. */
export function presentPreview(row: PreviewRecord): RestorePreview {
  const counts = { create: 0, update: 0, skip: 0, conflict: 0 };
  for (const { action } of row.items) counts[action] += 1;
  return {
    runId: row.runId,
    tenant: row.tenant,
    backupSetId: row.setId,
    backupSetName: row.setName,
    fingerprint: row.fingerprint,
    fresh: row.fresh,
    counts,
    createdAt: moment(row.createdAt),
  };
}

type ItemPolicy = Awaited<ReturnType<typeof policiesOfItems>>[number];

/** The lines of a preview with the policies they are about, in the order of the changes that matter most. */
export function presentPreviewItems(row: PreviewRecord, policies: readonly ItemPolicy[]): PreviewItem[] {
  const byItem = new Map(policies.map((policy) => [policy.itemId, policy]));
  const urgency = ['conflict', 'update', 'create', 'skip'];
  return row.items
    .flatMap((item): PreviewItem[] => {
      const policy = byItem.get(item.itemId);
      const change = previewChanges.find((each) => each === item.action);
      if (policy === undefined || change === undefined) return [];
      return [
        {
          itemId: item.itemId,
          policyId: policy.externalId,
          kind: policyKind(policy.kind),
          name: policy.name,
          change,
          ...(item.reason !== undefined && { reason: item.reason }),
          changed: [...item.changed],
          ...(item.unknownGroups !== undefined && { unknownGroups: [...item.unknownGroups] }),
        },
      ];
    })
    .sort(
      (a, b) => urgency.indexOf(a.change) - urgency.indexOf(b.change) || a.name.localeCompare(b.name, 'en'),
    );
}
