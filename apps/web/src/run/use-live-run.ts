import type { RunEvent } from '@signalbox/contracts/run/events';
import { isTerminal } from '@signalbox/domain/run/lifecycle';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { queryClient, trpc } from '../client/api.ts';
import { isPaused, watchRun } from '../live/live-stream.ts';
import { useLiveEvents, usePollWhenDown } from '../live/use-live.ts';
import { refreshItems, showResults } from './items-query.ts';
import { appendToLog, logKey } from './log-query.ts';
import { applyEvent, type RunPart } from './run-live-model.ts';

/** Parts of a run that are read again after an event, at most once in this many ms. */
const rereadEveryMs = 700;
/** The sentences about a working run come from the server; they may be this much older than its counts, ms. */
const sentenceEveryMs = 2_000;

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
        steps: trpc.run.steps.queryKey({ id }),
        log: logKey(id),
      };
      for (const part of parts) {
        if (part === 'items') void refreshItems(id);
        else void queryClient.invalidateQueries({ queryKey: keys[part] });
      }
    }, rereadEveryMs);
  };
}

/** One run, kept true by its events: counts at once, everything the server must say a moment later. */
export function useLiveRun(id: number) {
  const refetchInterval = usePollWhenDown();
  const query = useQuery(trpc.run.get.queryOptions({ id }, { refetchInterval }));
  const reread = useReread(id);
  const drawnAt = query.data?.eventSeq;
  const watching = useRef(false);
  const cursor = useRef(0);
  const sentence = useRef<ReturnType<typeof setTimeout>>(undefined);

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
      clearTimeout(sentence.current);
      sentence.current = undefined;
    },
    [],
  );

  useLiveEvents((event) => {
    const key = trpc.run.get.queryKey({ id });
    if (event.kind === 'resync' && event.runId === id) {
      cursor.current = event.run.eventSeq;
      queryClient.setQueryData(key, event.run as typeof query.data);
      void queryClient.resetQueries({ queryKey: logKey(id) });
      reread(['steps', 'items']);
      return;
    }
    if (event.kind !== 'run_event' || event.runId !== id) return;
    const known = queryClient.getQueryData(key);
    if (known === undefined) return;
    const effect = applyEvent(known, cursor.current, event.event);
    if (!effect.isNew) return;
    cursor.current = event.event.seq;
    queryClient.setQueryData(key, effect.run as typeof query.data);
    if (effect.gap) void queryClient.resetQueries({ queryKey: logKey(id) });
    else if (!showPart(id, event.event)) reread(['log']);
    reread(effect.reread);
    sentence.current ??= setTimeout(() => {
      sentence.current = undefined;
      reread(['run']);
    }, sentenceEveryMs);
    // The messages of items come with their rows, so the end of a run is worth reading every page once more.
    if (effect.gap || isTerminal(effect.run.status))
      void queryClient.invalidateQueries({ queryKey: ['run-items', id] });
  });
  return query;
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
