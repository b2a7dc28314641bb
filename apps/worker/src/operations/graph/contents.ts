import { restorableItems } from '@signalbox/db/queries/backup/restorable-items';
import type { RunContext } from '../../executor/run-context.ts';
import { type StoredItem, toStoredItem } from './stored-item.ts';

/** Items read from the database at once. */
const chunkSize = 25;

/**
 * The content of backup items, fetched a chunk at a time as they are asked for in order: a set may hold thousands
 * of policies. Undefined for an item that is not in the set.
 */
export function createContents(
  context: RunContext,
  setId: number,
  keys: readonly string[],
): (key: string) => Promise<StoredItem | undefined> {
  const chunkOf = new Map(keys.map((key, index) => [key, Math.floor(index / chunkSize)]));
  const chunks = new Map<number, Promise<ReadonlyMap<string, StoredItem>>>();

  const load = async (chunk: number): Promise<ReadonlyMap<string, StoredItem>> => {
    const ids = keys.slice(chunk * chunkSize, (chunk + 1) * chunkSize).map(Number);
    const rows = await context.read((tx) => restorableItems(tx, setId, ids));
    return new Map(rows.map((row) => [String(row.itemId), toStoredItem(row)]));
  };

  return async (key) => {
    const chunk = chunkOf.get(key);
    if (chunk === undefined) return undefined;
    const loading = chunks.get(chunk) ?? load(chunk);
    chunks.set(chunk, loading);
    for (const old of chunks.keys()) if (old < chunk - 1) chunks.delete(old);
    return (await loading).get(key);
  };
}
