import type { WorkspaceTransaction } from '@signalbox/db/client/database';
import { closeChanges, closeLook } from '@signalbox/db/commands/inventory/close-look';
import { countNamed, keepGroups, removeGroups } from '@signalbox/db/commands/inventory/keep-groups';
import { keepSyncState, type Listing } from '@signalbox/db/commands/inventory/sync-state';
import { allGroups, type ListedGroup, readGroup } from '../../providers/graph/list-groups.ts';
import type { GraphSession } from './session.ts';
import { countedAtEnd, countsOf, type Walked, type WalkedPage, walk } from './walk.ts';

/** One look at the groups of a tenant. */
export interface GroupsLook {
  readonly listing: Listing;
  /** When it began, ISO, on the database's clock: what it sees counts as seen then. */
  readonly seenAt: string;
}

/** What a page did. A type, not an interface: it is kept as JSON. */
type KeptPage = {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly removed: number;
  readonly purged: number;
};

export type GroupsWalked = Walked<KeptPage>;

/**
 * Reads all groups. What it did not see is gone, which only the last page can say; that page also keeps the link for
 * the changes to come.
 */
export function walkAllGroups(
  session: GraphSession,
  look: GroupsLook,
  so: { readonly name: string; readonly link: string | null; readonly expected: number | null },
): Promise<GroupsWalked> {
  const { name, expected } = so;
  return walk(session, {
    name,
    from: allGroups,
    entry: readGroup,
    key: ({ externalId }) => externalId,
    known: (tx, entries) => countNamed(tx, sighting(look), idsOf(entries)),
    keep: async (tx, page) => {
      const kept = await keepPage(tx, look, page);
      if (!page.last) return kept;
      const closed = await closeLook(tx, 'groups', sighting(look));
      await keepSyncState(tx, look.listing, { deltaLink: so.link, full: true, seenAt: look.seenAt });
      return { ...kept, removed: kept.removed + closed.removed, purged: closed.purged };
    },
    // The count is about right; before the end it is never all.
    counts: (kept, last) =>
      expected === null
        ? countedAtEnd(kept, last)
        : countsOf(kept, last ? kept : Math.max(expected, kept + 1)),
    told: (page) => tell(session, page, expected),
  });
}

/** Reads what has changed since the walk that gave the link. */
export function walkChanges(session: GraphSession, look: GroupsLook, link: string): Promise<GroupsWalked> {
  return walk(session, {
    name: 'changes',
    from: link,
    changes: true,
    entry: readGroup,
    key: ({ externalId }) => externalId,
    known: (tx, entries) => countNamed(tx, sighting(look), idsOf(entries)),
    keep: async (tx, page) => {
      const kept = await keepPage(tx, look, page);
      if (!page.last) return kept;
      const { purged } = await closeChanges(tx, sighting(look));
      await keepSyncState(tx, look.listing, { deltaLink: page.delta, full: false, seenAt: look.seenAt });
      return { ...kept, purged };
    },
    counts: countedAtEnd,
    told: (page) => tell(session, page, null),
  });
}

async function keepPage(
  tx: WorkspaceTransaction,
  look: GroupsLook,
  { entries }: WalkedPage<ListedGroup>,
): Promise<KeptPage> {
  const { tenantId } = look.listing;
  const there = entries.filter(({ removed }) => !removed);
  const gone = idsOf(entries.filter(({ removed }) => removed));
  const kept = await keepGroups(tx, sighting(look), there);
  return { ...kept, removed: await removeGroups(tx, tenantId, gone), purged: 0 };
}

function idsOf(entries: readonly ListedGroup[]): string[] {
  return entries.map(({ externalId }) => externalId);
}

function sighting({ listing, seenAt }: GroupsLook) {
  return { tenantId: listing.tenantId, seenAt };
}

async function tell(
  { context }: GraphSession,
  page: { readonly number: number; readonly read: number; readonly kept: number },
  expected: number | null,
): Promise<void> {
  await context.log('info', `Kept page ${page.number}: ${page.read} groups.`);
  const share = expected === null ? null : Math.min(1, page.kept / Math.max(1, expected));
  await context.progress(share, `${page.kept} groups read`);
}
