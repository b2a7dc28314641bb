import type { WorkspaceTransaction } from '@signalbox/db/client/database';
import type { JsonObject } from '@signalbox/domain/gate/canonical';
import type { Counts } from '@signalbox/domain/run/counts';
import type { GraphCall } from '../../providers/graph/graph-client.ts';
import { GraphFailure } from '../../providers/graph/graph-failure.ts';
import { type GraphPage, isExpiredLink, readPage, unreadable } from '../../providers/graph/read-page.ts';
import { guarded } from './run-failure.ts';
import type { GraphSession } from './session.ts';

/** A page as it is about to be kept. */
export interface WalkedPage<Entry> {
  readonly entries: readonly Entry[];
  /** How many of them no page before this one held. */
  readonly fresh: number;
  readonly last: boolean;
  /** On the last page of a listing of changes. */
  readonly delta: string | null;
}

export interface Walk<Entry, Kept extends JsonObject> {
  /** Steps are named after it: `groups, page 1`. */
  readonly name: string;
  readonly from: GraphCall | string;
  /** Reads an entry. Throws GraphFailure when it is none. */
  entry(entry: JsonObject): Entry;
  /** What makes two entries the same thing; of several on one page the last counts. */
  key(entry: Entry): string;
  /** How many of these entries earlier pages held; left out, a page is taken to hold none of them. */
  readonly known?: (tx: WorkspaceTransaction, entries: readonly Entry[]) => Promise<number>;
  /** Keeps a page, behind the fence; on the last page also what follows from having seen everything. */
  keep(tx: WorkspaceTransaction, page: WalkedPage<Entry>, before: readonly Kept[]): Promise<Kept>;
  /** The counts of the run when so many entries are kept. */
  counts(kept: number, last: boolean): Counts | undefined;
  /** Called after each page that this attempt read. */
  told(page: { readonly number: number; readonly read: number; readonly kept: number }): Promise<void>;
  /** A listing of changes ends with a link for the next one. */
  readonly changes?: boolean;
  /** The provider may refuse this listing as a whole, where the tenant has no such service; the work goes on. */
  readonly optional?: boolean;
}

/** How a walk ended: at its end, before it because a link was no longer good, or with a refusal of the whole listing. */
export interface Walked<Kept> {
  readonly kind: 'ended' | Hindrance;
  /** What each page kept. */
  readonly pages: readonly Kept[];
  readonly read: number;
}

/** Why a walk did not come to its end. */
type Hindrance = 'expired' | 'refused';

/** What is recorded of a page. A type, not an interface: it is kept as JSON. */
type PageResult<Kept extends JsonObject> =
  | { readonly read: number; readonly next: string | null; readonly kept: Kept }
  | { readonly hindered: Hindrance };

/**
 * Walks over a listing page by page. Each page is a durable stage: its rows, the counts of the run and the link to the
 * next page commit together, so that an attempt that comes later goes on behind the last page kept, reads none of them
 * again and counts none twice. Only the stage of the last page knows that everything was seen.
 */
export async function walk<Entry, Kept extends JsonObject>(
  session: GraphSession,
  listing: Walk<Entry, Kept>,
): Promise<Walked<Kept>> {
  const { context } = session;
  const pages: Kept[] = [];
  let read = 0;
  let from = listing.from;
  for (let number = 1; ; number += 1) {
    let fresh = false;
    const place = from;
    const result = await context.stage<Found<Entry>, PageResult<Kept>>(`${listing.name}, page ${number}`, {
      read: async () => {
        fresh = true;
        return guarded(session, () => readEntries(session, { listing, place }));
      },
      write: async (tx, found) => {
        if (typeof found === 'string') return { hindered: found };
        const kept = await listing.keep(tx, found, pages);
        return { read: found.fresh, next: found.next, kept };
      },
      counts: (found) => {
        // A listing that was refused has come to its end as well, only with nothing.
        if (typeof found === 'string') return found === 'refused' ? listing.counts(read, true) : undefined;
        return listing.counts(read + found.fresh, found.last);
      },
    });
    if ('hindered' in result) return { kind: result.hindered, pages, read };
    pages.push(result.kept);
    read += result.read;
    if (fresh) await listing.told({ number, read: result.read, kept: read });
    if (result.next === null) return { kind: 'ended', pages, read };
    from = result.next;
  }
}

type Found<Entry> = Hindrance | (WalkedPage<Entry> & { readonly next: string | null });

async function readEntries<Entry, Kept extends JsonObject>(
  { client, context }: GraphSession,
  { listing, place }: { readonly listing: Walk<Entry, Kept>; readonly place: GraphCall | string },
): Promise<Found<Entry>> {
  let page: GraphPage;
  try {
    page = await readPage(client, place);
  } catch (error) {
    const hindrance = error instanceof GraphFailure ? hindranceOf(error, { listing, place }) : null;
    if (hindrance === null) throw error;
    return hindrance;
  }
  const { next, delta } = page;
  const last = next === null;
  if (last && listing.changes === true && delta === null) throw unreadable();
  const named = new Map(page.entries.map(listing.entry).map((entry) => [listing.key(entry), entry]));
  const entries = [...named.values()];
  // What changes while it is listed may be listed again.
  const { known } = listing;
  const again = known === undefined ? 0 : await context.read((tx) => known(tx, entries));
  return { entries, fresh: entries.length - again, last, delta, next };
}

function hindranceOf(
  failure: GraphFailure,
  {
    listing,
    place,
  }: { readonly listing: { readonly optional?: boolean }; readonly place: GraphCall | string },
): Hindrance | null {
  if (typeof place === 'string') return isExpiredLink(failure) ? 'expired' : null;
  const { optional } = listing;
  return optional === true && (failure.kind === 'invalid' || failure.kind === 'not_found') ? 'refused' : null;
}

/** Counts that are known only once a walk has come to its end. */
export function countedAtEnd(kept: number, last: boolean): Counts | undefined {
  return last ? countsOf(kept, kept) : undefined;
}

/** Counts of things that are kept as they are read. */
export function countsOf(succeeded: number, total: number): Counts {
  return { total, succeeded, failed: 0, skipped: 0 };
}
