import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { trpc } from '../client/api.ts';
import { type Notice, readOne } from './notices-query.ts';

function subscribe(tell: () => void): () => void {
  document.addEventListener('visibilitychange', tell);
  return () => document.removeEventListener('visibilitychange', tell);
}

/** Whoever has the page of a run before them knows how it ended: what they were told of it is read. */
export function useReadOnOpen(
  notices: { readonly items: readonly Notice[]; readonly unread: number } | undefined,
  openRun: number | null,
): void {
  const seen = useSyncExternalStore(subscribe, () => document.visibilityState === 'visible');
  const asked = useRef(new Set<number>());
  const isUnread = ({ readAt }: Notice) => readAt === undefined;
  const listed = notices?.items.find(({ run }) => run.id === openRun);
  // One that is too old for the list may still be unread.
  const hidden = (notices?.unread ?? 0) > (notices?.items.filter(isUnread).length ?? 0);
  const { data: older } = useQuery({
    ...trpc.notification.list.queryOptions({ runId: openRun ?? 1, only: 'unread', limit: 1 }),
    enabled: openRun !== null && listed === undefined && hidden,
  });
  const found = listed ?? (openRun === null ? undefined : older?.items[0]);
  const id = found !== undefined && isUnread(found) ? found.id : null;
  useEffect(() => {
    if (id === null || !seen || asked.current.has(id)) return;
    asked.current.add(id);
    readOne(id).catch(() => asked.current.delete(id));
  }, [id, seen]);
}
