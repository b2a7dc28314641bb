/** Which runs are chosen: some by id, in the order they were chosen, or all that match the filter. */
export type Selection =
  | { readonly kind: 'ids'; readonly ids: readonly number[] }
  | { readonly kind: 'filter' };

export const nothing: Selection = { kind: 'ids', ids: [] };

export function isChosen(selection: Selection, id: number): boolean {
  return selection.kind === 'filter' || selection.ids.includes(id);
}

export function isEmpty(selection: Selection): boolean {
  return selection.kind === 'ids' && selection.ids.length === 0;
}

/** Ticks or unticks one run. Of all that match, unticking one leaves those of the page that is on screen. */
export function toggled(selection: Selection, id: number, page: readonly number[]): Selection {
  const ids = selection.kind === 'filter' ? page : selection.ids;
  return { kind: 'ids', ids: ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id] };
}

/** Adds everything on the page between two runs, both included, whichever comes first. */
export function withRange(
  selection: Selection,
  { from, to, page }: { from: number; to: number; page: readonly number[] },
): Selection {
  const [a, b] = [page.indexOf(from), page.indexOf(to)];
  if (b < 0) return selection;
  const between = a < 0 ? [to] : page.slice(Math.min(a, b), Math.max(a, b) + 1);
  return withPage(selection, between);
}

/** Adds a page of runs. */
export function withPage(selection: Selection, page: readonly number[]): Selection {
  if (selection.kind === 'filter') return selection;
  return { kind: 'ids', ids: [...new Set([...selection.ids, ...page])] };
}

/** Takes a page of runs out. */
export function withoutPage(selection: Selection, page: readonly number[]): Selection {
  if (selection.kind === 'filter') return nothing;
  return { kind: 'ids', ids: selection.ids.filter((id) => !page.includes(id)) };
}

/** How the tick in the head of the page stands. */
export function pageTick(selection: Selection, page: readonly number[]): 'all' | 'some' | 'none' {
  const chosen = page.filter((id) => isChosen(selection, id)).length;
  if (chosen === 0) return 'none';
  return chosen === page.length ? 'all' : 'some';
}
