import { isTerminal } from '@signalbox/domain/run/lifecycle';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useLocation } from '@tanstack/react-router';
import { type MouseEvent, useEffect, useState } from 'react';
import { api } from '../client/api.ts';
import { useShortcut } from '../keyboard/use-shortcut.ts';
import { usePreferences } from '../preferences/use-preferences.ts';
import { FaultView } from '../ui/fault-view.tsx';
import { Notice } from '../ui/notice.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { useDebounced } from '../ui/use-debounced.ts';
import { useMatches } from './log-matches.ts';
import { emptyTail, nextMatch } from './log-model.ts';
import { plainText } from './log-pieces.ts';
import { extended, readPlace, writePlace } from './log-place.ts';
import { LogPlain } from './log-plain.tsx';
import { logQuery } from './log-query.ts';
import { LogToolbar } from './log-toolbar.tsx';
import { type LogTarget, LogView } from './log-view.tsx';
import type { RunSearch } from './search.ts';
import type { TabProps } from './tab-props.ts';

const route = getRouteApi('/w/$ws/runs/$runId');

/** Where a reader begins who named no line: at what went wrong, when something did. */
function useFirstTrouble({ run }: Pick<TabProps, 'run'>, wanted: boolean) {
  const [asked] = useState(wanted && (run.status === 'failed' || run.status === 'partial'));
  const query = useQuery({
    queryKey: ['run-log-trouble', run.id],
    queryFn: () => api.run.searchLog.query({ id: run.id, level: 'warning', limit: 1 }),
    enabled: asked,
  });
  return { pending: asked && query.isPending, line: asked ? (query.data?.items[0]?.line ?? null) : null };
}

/** The log of a run. It follows the end while the run works; scrolling up holds it still. */
export function LogTab({ run }: TabProps) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const place = readPlace(useLocation({ select: ({ hash }) => hash }));
  const { time } = usePreferences();
  const query = useQuery(logQuery(run.id));
  const tail = query.data ?? emptyTail;

  const typed = search.q !== undefined && !/^:\d*$/.test(search.q) ? search.q : undefined;
  const q = useDebounced(typed, 200);
  const filter = { q, level: search.level, step: search.step };
  const hides =
    search.level !== undefined || search.step !== undefined || (q !== undefined && search.only !== undefined);
  const matches = useMatches(run.id, filter, { wanted: hides || q !== undefined, tail });

  const [here, setHere] = useState<number | null>(null);
  const [moved, setMoved] = useState<LogTarget | null>(() => place && { line: place.from });
  const trouble = useFirstTrouble({ run }, place === null && !hides && q === undefined);
  const [troubleTarget, setTroubleTarget] = useState<LogTarget | null>(null);
  if (trouble.line !== null && troubleTarget === null) setTroubleTarget({ line: trouble.line });
  const target = moved ?? troubleTarget;

  // A link to another line of the same log, or a step back in the history.
  const from = place?.from;
  useEffect(() => {
    if (from !== undefined) setMoved((old) => (old?.line === from ? old : { line: from }));
  }, [from]);

  const change = (part: Partial<RunSearch>) => {
    if ('q' in part) setHere(null);
    void navigate({ search: (old) => ({ ...old, tab: 'log' as const, ...part }), hash: true, replace: true });
  };
  const choose = (hash: string) =>
    void navigate({
      search: (old) => ({ ...old, tab: 'log' as const }),
      hash,
      replace: true,
      resetScroll: false,
      hashScrollIntoView: false,
    });
  const onNumber = (event: MouseEvent, number: number) => {
    if (event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    const next = extended(place, number, event.shiftKey);
    // The line is under the pointer already; nothing has to move.
    setMoved((old) => (old === null ? null : { ...old, line: next.from }));
    choose(writePlace(next));
  };
  const step = (by: 1 | -1) => {
    const numbers = (matches?.lines ?? []).map(({ number }) => number);
    const line = nextMatch(numbers, here ?? place?.from ?? (by === 1 ? 0 : tail.lastLine + 1), by);
    if (line === null) return;
    setHere(line);
    setMoved({ line });
  };
  const group = 'Log';
  const when = q !== undefined;
  useShortcut({ keys: 'n', label: 'Next match', group, when }, () => step(1));
  useShortcut({ keys: 'shift+n', label: 'Previous match', group, when }, () => step(-1));

  if (query.isPending || trouble.pending) return <SkeletonRows rows={8} />;
  if (query.isError && query.data === undefined) {
    return <FaultView error={query.error} onRetry={() => void query.refetch()} />;
  }
  const only = hides ? (matches?.lines ?? []) : null;
  const shown = only ?? tail.lines;
  const partial = only === null && tail.lines.length < tail.lastLine - Math.max(1, tail.firstLine) + 1;
  return (
    <>
      <LogToolbar
        runId={run.id}
        search={search}
        filter={filter}
        matches={matches}
        here={here}
        onChange={change}
        onStep={step}
        onLine={(line) => choose(writePlace({ from: line, to: line }))}
        copyLabel={partial ? `Copy the last ${tail.lines.length.toLocaleString('en')} lines` : 'Copy'}
        copied={() => shown.map(({ text }) => plainText(text)).join('\n')}
      />
      {tail.firstLine > 1 && (
        <p className="border-b border-line px-4 py-1.5 text-sm text-muted">
          Lines 1 to {(tail.firstLine - 1).toLocaleString('en')} are no longer kept.
        </p>
      )}
      {only !== null && matches?.complete === false && (
        <p className="border-b border-line px-4 py-1.5 text-sm text-muted">
          The first {only.length.toLocaleString('en')} lines that match. Narrow the search to see the rest.
        </p>
      )}
      {search.as === 'text' ? (
        <LogPlain runId={run.id} filter={hides ? filter : {}} />
      ) : matches?.error && matches.lines.length === 0 ? (
        <FaultView error={matches.error} />
      ) : shown.length === 0 ? (
        <Notice title={hides ? (matches?.pending ? 'Searching' : 'No line matches') : 'No log lines'}>
          {isTerminal(run.status) ? 'The run wrote nothing here.' : 'Lines appear as the run writes them.'}
        </Notice>
      ) : (
        <LogView
          key={hides ? 'some' : 'all'}
          runId={run.id}
          tail={tail}
          only={only}
          follows={!isTerminal(run.status)}
          target={target}
          place={place}
          here={here ?? troubleTarget?.line ?? null}
          wanted={q}
          wrap={search.wrap === undefined}
          times={search.times !== undefined ? null : time === 'utc' ? 'utc' : 'local'}
          onNumber={onNumber}
        />
      )}
    </>
  );
}
