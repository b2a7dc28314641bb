import type { ItemOutcome } from '@signalbox/domain/run/counts';

/** A result as an event carries it. */
export interface ItemResult {
  readonly key: string;
  readonly outcome: ItemOutcome;
  readonly code?: string | undefined;
}

interface ItemRow {
  key: string;
  outcome?: ItemOutcome;
  errorCode?: string;
}

/** Items with their results filled in; the same array when none of them is concerned. */
export function patchItems<TItem extends ItemRow>(items: TItem[], results: readonly ItemResult[]): TItem[] {
  const byKey = new Map(results.map((result) => [result.key, result]));
  if (!items.some(({ key }) => byKey.has(key))) return items;
  return items.map((item) => {
    const result = byKey.get(item.key);
    if (result === undefined) return item;
    return {
      ...item,
      outcome: result.outcome,
      ...(result.code === undefined ? {} : { errorCode: result.code }),
    };
  });
}
