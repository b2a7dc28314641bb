import type { Principal } from '@signalbox/domain/access/principal';
import type { AppContext } from '../context.ts';

type Position = readonly (string | number)[];

/** A page being read: where it begins, and how it is answered. */
export interface OpenPage {
  /** Where the page before ended; null on the first. */
  readonly position: Position | null;
  /** Rows to fetch: one more than shown tells whether there is a next page. */
  readonly fetch: number;
  close<TRow, TItem>(
    rows: readonly TRow[],
    how: { readonly present: (row: TRow) => TItem; readonly position: (row: TRow) => Position },
  ): { items: TItem[]; nextCursor: string | null };
}

/**
 * Opens a page of a list by keyset.
 * @throws AppError invalid_input when the cursor is not one of this list
 */
export function openPage(
  ctx: Pick<AppContext, 'cursors'> & { readonly principal: Principal },
  list: string,
  ask: { readonly limit: number; readonly cursor?: string | undefined },
): OpenPage {
  const place = { workspaceId: ctx.principal.workspaceId, list };
  return {
    position: ask.cursor === undefined ? null : ctx.cursors.read(place, ask.cursor),
    fetch: ask.limit + 1,
    close(rows, how) {
      const shown = rows.slice(0, ask.limit);
      const last = shown.at(-1);
      const more = rows.length > ask.limit && last !== undefined;
      return {
        items: shown.map(how.present),
        nextCursor: more ? ctx.cursors.write(place, how.position(last)) : null,
      };
    },
  };
}
