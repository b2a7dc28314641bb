import { failItem } from './for-each-item.ts';
import type { GraphSession } from './session.ts';

export interface ChosenItems {
  readonly found: readonly { readonly itemId: number; readonly name: string }[];
  /** Item ids that were asked for; null for all. */
  readonly asked: readonly number[] | null;
  /** What is said of an item that was asked for and is not there. */
  readonly problem: string;
}

/** Declares backup items as items of the run, and answers how many there are. Those not there have failed already. */
export async function declareChosen(session: GraphSession, chosen: ChosenItems): Promise<number> {
  const { items } = session.context;
  const known = new Set(chosen.found.map(({ itemId }) => itemId));
  const missing = (chosen.asked ?? []).filter((id) => !known.has(id));
  const absent = missing.map((id) => ({ key: String(id), label: `Item ${id}` }));
  await items.declare([
    ...chosen.found.map(({ itemId, name }) => ({ key: String(itemId), label: name })),
    ...absent,
  ]);
  const open = new Set(items.open().map(({ key }) => key));
  for (const item of absent.filter(({ key }) => open.has(key))) {
    await failItem(session, item, { code: 'not_found', message: chosen.problem });
  }
  return known.size + absent.length;
}
