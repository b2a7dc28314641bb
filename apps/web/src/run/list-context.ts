/**
 * The list of runs a person came from, so that a run's page can lead to the next and the previous of it. Kept for
 * the tab. It is a convenience: whatever cannot be read counts as no list.
 */
export interface ListContext {
  readonly ws: string;
  /** The search string of the list, with its `?`: it leads back to the page, filter and columns. */
  readonly search: string;
  /** The runs of the page in the order they stood in, newest first. */
  readonly ids: readonly number[];
  /** Cursors of the page after and before, null where there is none. */
  readonly nextCursor: string | null;
  readonly previousCursor: string | null;
}

const key = 'signalbox.runs-list';

/** Remembers the page that is on screen. */
export function rememberList(list: ListContext): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(list));
  } catch {
    // Without storage a run's page has no neighbours; nothing else is lost.
  }
}

/** The list last seen in this workspace, or null. */
export function readList(ws: string): ListContext | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null');
    return isList(kept) && kept.ws === ws ? kept : null;
  } catch {
    return null;
  }
}

function isList(value: unknown): value is ListContext {
  if (typeof value !== 'object' || value === null) return false;
  const { ws, search, ids, nextCursor, previousCursor } = value as Record<string, unknown>;
  const isCursor = (one: unknown) => one === null || typeof one === 'string';
  return (
    typeof ws === 'string' &&
    typeof search === 'string' &&
    Array.isArray(ids) &&
    ids.every((id) => Number.isSafeInteger(id)) &&
    isCursor(nextCursor) &&
    isCursor(previousCursor)
  );
}
