import type { PreviewItem } from '@signalbox/db/schema/backup';
import { inLanes } from '../../in-lanes.ts';
import { liveFingerprint } from './fingerprint.ts';
import { readLiveObjects } from './live-facts.ts';
import type { GraphSession } from './session.ts';
import type { StoredItem } from './stored-item.ts';

/** Live objects read at once. */
const readsAtOnce = 4;

/** Ids of the items whose live object is no longer what the preview saw. Only reads. */
export async function findStaleItems(
  session: GraphSession,
  previewed: readonly PreviewItem[],
  contents: (key: string) => Promise<StoredItem | undefined>,
): Promise<number[]> {
  const stale: number[] = [];
  await inLanes(previewed, readsAtOnce, async ({ itemId, liveFingerprint: seen }) => {
    session.context.signal.throwIfAborted();
    const item = await contents(String(itemId));
    if (item === undefined) throw new Error(`Item ${itemId} has no content.`);
    if (liveFingerprint(await readLiveObjects(session.client, item)) !== seen) stale.push(itemId);
  });
  return stale.sort((a, b) => a - b);
}
