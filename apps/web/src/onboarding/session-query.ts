import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { queryClient, trpc } from '../client/api.ts';
import { isPaused } from '../live/live-stream.ts';
import { useLiveEvents } from '../live/use-live.ts';
import { evidenceKey } from './evidence-query.ts';
import type { SessionView } from './session-view.ts';

/** What no hint tells of - another person's lock and draft - is asked for this often, ms. */
const lookEveryMs = 4_000;
/** A burst of hints makes one question in this many ms. */
const gatherMs = 400;

export function sessionKey(id: number) {
  return trpc.onboarding.get.queryKey({ id });
}

/** Shows an answer that carries the whole session, and has the lists read again. */
export function keepSession(session: SessionView): void {
  // An answer on its way is older than this one.
  void queryClient.cancelQueries({ queryKey: sessionKey(session.id) });
  queryClient.setQueryData(sessionKey(session.id), session);
  void queryClient.invalidateQueries({ queryKey: trpc.onboarding.list.pathKey() });
}

/** Reads the session again, now. */
export async function rereadSession(id: number): Promise<SessionView | undefined> {
  await queryClient.refetchQueries({ queryKey: sessionKey(id) }, { cancelRefetch: true });
  return queryClient.getQueryData(sessionKey(id));
}

/** One session, kept true by the hints about the runs of its tenant, and by the clock for what people do in it. */
export function useSession(id: number, tenantId: number) {
  const query = useQuery(
    trpc.onboarding.get.queryOptions(
      { id },
      {
        refetchInterval: ({ state: { data } }) =>
          isPaused() || data?.status === 'completed' || data?.status === 'abandoned' ? false : lookEveryMs,
      },
    ),
  );
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useLiveEvents((event) => {
    if (event.kind !== 'run' || event.tenantId !== tenantId || timer.current !== undefined) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      if (isPaused()) return;
      void queryClient.invalidateQueries({ queryKey: sessionKey(id) });
      // A run that has ended may have left evidence.
      if (event.finishedAt !== undefined) void queryClient.invalidateQueries({ queryKey: evidenceKey });
    }, gatherMs);
  });
  return query;
}
