import type { RunEvent } from '@signalbox/contracts/run/events';
import { isTerminal } from '@signalbox/domain/run/lifecycle';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef } from 'react';
import { queryClient, trpc } from '../client/api.ts';
import { isPaused, watchRun } from '../live/live-stream.ts';
import { useLiveEvents, usePollWhenDown } from '../live/use-live.ts';
import { refreshItems, showResults } from './items-query.ts';
import { appendToLog, logKey } from './log-query.ts';
import { applyEvent, type RunPart } from './run-live-model.ts';
import type { RunView } from './run-view.ts';

/** Parts of a run that are read again after an event, at most once in this many ms. */
const rereadEveryMs = 700;
/** What time alone changes - a lease that expires, the runs ahead, when a worker was heard - is asked for so often, ms. */
const lookEveryMs = 10_000;

/** Gathers what must be read again, so that a burst of events makes one request per part. */
function useReread(id: number) {
  const due = useRef(new Set<RunPart>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
  return (parts: readonly RunPart[]) => {
    if (parts.length === 0) return;
    for (const part of parts) due.current.add(part);
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      const parts = [...due.current];
      due.current.clear();
      // What a pause leaves unread is read with everything else when it ends.
      if (isPaused()) return;
      const keys = {
        run: trpc.run.get.queryKey({ id }),
        timeline: trpc.run.timeline.queryKey({ id }),
        log: logKey(id),
      };
      for (const part of parts) {
        // A part that is not open is only marked as old; it is read when it is opened.
        if (part === 'items' && isOpen(['run-items', id])) void refreshItems(id);
        else {
          const queryKey = part === 'items' ? ['run-items', id] : keys[part];
          void queryClient.invalidateQueries({ queryKey });
        }
      }
    }, rereadEveryMs);
  };
}

/** One run, kept true by its events: counts at once, everything the server must say a moment later. */
export function useLiveRun(id: number) {
  const whenDown = usePollWhenDown();
  const query = useQuery(
    trpc.run.get.queryOptions(
      { id },
      {
        refetchInterval: ({ state: { data } }) =>
          whenDown || (isPaused() || data === undefined || isTerminal(data.status) ? false : lookEveryMs),
      },
    ),
  );
  const reread = useReread(id);
  const drawnAt = query.data?.eventSeq;
  const watching = useRef(false);
  const cursor = useRef(0);

  useEffect(() => {
    if (drawnAt === undefined || watching.current) return;
    watching.current = true;
    cursor.current = drawnAt;
    watchRun({ runId: id, after: drawnAt });
  }, [id, drawnAt]);
  useEffect(
    () => () => {
      watching.current = false;
      watchRun(null);
    },
    [],
  );

  // An answer that was on its way while events came in may be older than what they said.
  const catchUp = useEffectEvent((seq: number) => {
    if (watching.current && seq < cursor.current) reread(['run']);
  });
  useEffect(() => {
    if (drawnAt !== undefined) catchUp(drawnAt);
  }, [drawnAt]);

  useLiveEvents((event) => {
    const key = trpc.run.get.queryKey({ id });
    if (event.kind === 'resync' && event.runId === id) {
      cursor.current = event.run.eventSeq;
      queryClient.setQueryData(key, event.run as typeof query.data);
      void queryClient.resetQueries({ queryKey: logKey(id) });
      reread(['timeline', 'items']);
      return;
    }
    if (event.kind !== 'run_event' || event.runId !== id) return;
    const known = queryClient.getQueryData(key);
    if (known === undefined) return;
    const effect = applyEvent(known, cursor.current, event.event);
    if (!effect.isNew) return;
    cursor.current = event.event.seq;
    if (event.event.kind === 'state') void showTogether(key, effect.run as typeof query.data);
    else queryClient.setQueryData(key, effect.run as typeof query.data);
    if (effect.gap) void queryClient.resetQueries({ queryKey: logKey(id) });
    else if (!showPart(id, event.event)) reread(['log']);
    reread(effect.reread);
    // The messages of items come with their rows, so the end of a run is worth reading every page once more.
    if (effect.gap || isTerminal(effect.run.status))
      void queryClient.invalidateQueries({ queryKey: ['run-items', id] });
  });
  return query;
}

function isOpen(queryKey: readonly unknown[]): boolean {
  return queryClient.getQueryCache().findAll({ queryKey, type: 'active' }).length > 0;
}

/**
 * A new state changes everything that is told about a run: it is read anew and shown at once, so that the sentence,
 * the actions and the counts never contradict each other. Only when that fails the event alone must do.
 */
async function showTogether(
  queryKey: ReturnType<typeof trpc.run.get.queryKey>,
  fallback: RunView | undefined,
): Promise<void> {
  await queryClient.refetchQueries({ queryKey }, { cancelRefetch: true });
  if (queryClient.getQueryState(queryKey)?.status === 'error') queryClient.setQueryData(queryKey, fallback);
}

/** Writes what an event carries into the part it is about. False when the log must be read on instead. */
function showPart(id: number, event: RunEvent): boolean {
  if (event.kind === 'item') showResults(id, event.data.items);
  if (event.kind !== 'log') return true;
  const { level, step, text, line } = event.data;
  // Told by a server that does not number lines yet: the log is read on instead.
  if (line === undefined) return false;
  return appendToLog(id, {
    seq: event.seq,
    at: event.at,
    level,
    text,
    line,
    ...(step === undefined ? {} : { step }),
  });
}
