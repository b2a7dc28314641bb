/** A notification as far as it matters whether it is news. */
interface Told {
  readonly id: number;
  readonly readAt?: string | undefined;
}

/** What a tab has been shown; null before the first answer. */
export type Known = ReadonlySet<number> | null;

/**
 * What is news in an answer, oldest first, and what is known from then on. Nothing in the first answer is news: it was
 * there before the tab was. A notification is told by its id, so that neither a hint that comes twice nor an answer
 * after a lost connection makes it news again.
 */
export function arrivals<T extends Told>(
  known: Known,
  items: readonly T[],
): { readonly news: readonly T[]; readonly known: ReadonlySet<number> } {
  const now = new Set([...(known ?? []), ...items.map(({ id }) => id)]);
  if (known === null) return { news: [], known: now };
  const news = items.filter(({ id, readAt }) => !known.has(id) && readAt === undefined);
  return { news: news.toReversed(), known: now };
}

/** The unread ones as a short number beside the bell. */
export function badgeText(unread: number): string {
  return unread > 99 ? '99+' : String(unread);
}

/** The name of the bell, for those who do not see its badge. */
export function bellName(unread: number): string {
  if (unread === 0) return 'Notifications, none unread';
  return `Notifications, ${unread > 99 ? '100 or more' : unread} unread`;
}
