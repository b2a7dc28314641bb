import type { WorkspaceTransaction } from '@signalbox/db/client/database';
import type { ClosedLook } from '@signalbox/db/commands/inventory/close-look';
import type { Kept } from '@signalbox/db/commands/inventory/sighting';
import type { JsonObject } from '@signalbox/domain/gate/canonical';
import type { GraphCall } from '../../providers/graph/graph-client.ts';
import type { GraphSession } from './session.ts';
import { countedAtEnd, walk } from './walk.ts';
import { walkToEnd } from './walk-to-end.ts';

/** One of the lists that a sync reads whole each time. */
export interface WholeList<Entry> {
  readonly name: string;
  readonly from: GraphCall;
  entry(entry: JsonObject): Entry;
  /** Entries that the run kept of the lists before this one. */
  readonly before: number;
  /** No list follows this one. */
  readonly final: boolean;
  /** The tenant may have no such service; then the provider refuses the list as a whole. */
  readonly optional?: boolean;
  keep(tx: WorkspaceTransaction, entries: readonly Entry[]): Promise<Kept>;
  /** With the last page: what follows from having seen the whole list. */
  close(tx: WorkspaceTransaction): Promise<ClosedLook>;
}

/** What a list held. */
export interface WalkSums extends Kept, ClosedLook {
  readonly seen: number;
  readonly pages: number;
}

/**
 * Reads a list to its end, page by page; a list whose place the provider has lost is begun anew. Null when the provider
 * refused an optional list: then nothing is known of what it would have held, and nothing of it is taken for gone.
 */
export async function walkList<Entry extends { readonly externalId: string }>(
  session: GraphSession,
  list: WholeList<Entry>,
): Promise<WalkSums | null> {
  const { context } = session;
  const begin = (name: string) =>
    walk<Entry, Kept & ClosedLook>(session, {
      name,
      from: list.from,
      entry: list.entry,
      ...(list.optional === true && { optional: true }),
      key: ({ externalId }) => externalId,
      keep: async (tx, { entries, last }) => {
        const kept = await list.keep(tx, entries);
        return { ...kept, ...(last ? await list.close(tx) : { removed: 0, purged: 0 }) };
      },
      // How many there are is known once the last list has come to its end.
      counts: (kept, last) => (list.final ? countedAtEnd(list.before + kept, last) : undefined),
      told: async (page) => {
        await context.log('info', `Kept page ${page.number} of the ${list.name}: ${page.read}.`);
        await context.progress(null, `${list.before + page.kept} read`);
      },
    });
  const walks = await walkToEnd(session, list.name, begin);
  const last = walks.at(-1);
  if (last === undefined || last.kind === 'refused') {
    await context.log(
      'warning',
      `The provider refused the list of the ${list.name}; what is known of it stays.`,
    );
    return null;
  }
  const sums = sumOf(walks.flatMap(({ pages }) => pages).map((page) => ({ ...page, seen: 0, pages: 1 })));
  // What was written counts over all walks, what was seen only in the one that saw everything.
  const unchanged = last.pages.reduce((total, page) => total + page.unchanged, 0);
  return { ...sums, unchanged, seen: last.read };
}

/** Adds up. A type, not an interface, so that it can be the output of a run. */
export function sumOf(parts: readonly WalkSums[]): { readonly [Name in keyof WalkSums]: number } {
  const sum = (name: keyof WalkSums) => parts.reduce((total, part) => total + part[name], 0);
  return {
    pages: sum('pages'),
    seen: sum('seen'),
    added: sum('added'),
    changed: sum('changed'),
    unchanged: sum('unchanged'),
    removed: sum('removed'),
    purged: sum('purged'),
  };
}
