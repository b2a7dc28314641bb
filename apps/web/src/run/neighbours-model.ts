import type { ListContext } from './list-context.ts';

/** The way to a neighbour: its id, or the page of the list that has it at one end. */
export type Way = { readonly id: number } | { readonly cursor: string; readonly end: 'first' | 'last' };

export interface Neighbours {
  /** The place on its page of the list, from 1, and how many the page has. */
  readonly at: number;
  readonly of: number;
  readonly previous: Way | null;
  readonly next: Way | null;
}

/** Where a run stands in the list that was left for it; null when it is not one of that list. */
export function neighboursOf(list: ListContext | null, id: number): Neighbours | null {
  const at = list?.ids.indexOf(id) ?? -1;
  if (list === null || at < 0) return null;
  const [before, after] = [list.ids[at - 1], list.ids[at + 1]];
  const { previousCursor, nextCursor } = list;
  return {
    at: at + 1,
    of: list.ids.length,
    previous:
      before !== undefined
        ? { id: before }
        : previousCursor === null
          ? null
          : { cursor: previousCursor, end: 'last' },
    next:
      after !== undefined ? { id: after } : nextCursor === null ? null : { cursor: nextCursor, end: 'first' },
  };
}
