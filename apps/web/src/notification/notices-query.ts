import { api, queryClient, trpc } from '../client/api.ts';
import { isPaused } from '../live/live-stream.ts';

/** How many the panel shows: what is older stands in the list of runs. */
const shown = 20;

/** What the person was told last, and how much of it is unread. */
export function noticesQuery() {
  return trpc.notification.list.queryOptions({ limit: shown });
}

type Notices = Awaited<ReturnType<typeof api.notification.list.query>>;
export type Notice = Notices['items'][number];

/** Asks anew, also for what other views show of it. */
export function refreshNotices(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: trpc.notification.list.queryKey() });
}

/** Shows those the condition names as read at once; the server's answer has the last word. */
function showRead(isRead: (notice: Notice) => boolean): void {
  queryClient.setQueryData(noticesQuery().queryKey, (before) => {
    if (before === undefined) return before;
    const readAt = new Date().toISOString();
    const items = before.items.map((notice) =>
      notice.readAt === undefined && isRead(notice) ? { ...notice, readAt } : notice,
    );
    const marked = items.filter((notice, at) => notice !== before.items[at]).length;
    return { ...before, items, unread: Math.max(0, before.unread - marked) };
  });
}

async function settled(deed: Promise<unknown>): Promise<void> {
  try {
    await deed;
  } finally {
    if (!isPaused()) await refreshNotices();
  }
}

/** Marks one as read. */
export function readOne(id: number): Promise<void> {
  showRead((notice) => notice.id === id);
  return settled(api.notification.read.mutate({ id }));
}

/** Marks as read whatever is not newer than the newest one shown. */
export function readAllUpTo(upTo: number): Promise<void> {
  showRead((notice) => notice.id <= upTo);
  return settled(api.notification.readAll.mutate({ upTo }));
}
