import type { PreviewItem } from '@signalbox/db/schema/backup';
import { assignmentGroups } from '@signalbox/domain/backup/assignments';
import { comparePolicy } from '@signalbox/domain/backup/compare-policy';
import type { GraphClient } from '../../providers/graph/graph-client.ts';
import { liveFingerprint } from './fingerprint.ts';
import type { GroupLookup } from './group-lookup.ts';
import { readLiveObjects } from './live-facts.ts';
import type { StoredItem } from './stored-item.ts';

/** Compares one item with the tenant and says what a restore would do. Only reads. */
export async function previewItem(
  client: GraphClient,
  groups: GroupLookup,
  item: StoredItem,
): Promise<PreviewItem> {
  const facts = await readLiveObjects(client, item);
  const verdict = comparePolicy(item, facts);
  const assigns =
    verdict.change === 'create' || (verdict.change === 'update' && verdict.changed.includes('/assignments'));
  const unknownGroups = assigns ? await groups.missing(assignmentGroups(item.assignments)) : [];
  return {
    itemId: item.itemId,
    action: verdict.change,
    liveFingerprint: liveFingerprint(facts),
    changed: verdict.changed,
    ...(verdict.change === 'conflict' && { reason: verdict.reason }),
    ...(unknownGroups.length > 0 && { unknownGroups }),
  };
}
