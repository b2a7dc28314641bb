import type { StartOutcome } from '@signalbox/contracts/gate/start-outcome';
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { api, queryClient } from '../client/api.ts';
import { isPaused } from '../live/live-stream.ts';
import { useLiveEvents } from '../live/use-live.ts';
import { IconButton } from '../ui/button.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { Time } from '../ui/time.tsx';
import { useDebounced } from '../ui/use-debounced.ts';
import { OutcomePanel } from './outcome-panel.tsx';
import type { StartBody } from './start-body.ts';

/** The gate's answer to a start as the form stands now, asked again when the form or the tenant's runs change. */
export function useVerdict(body: StartBody | null) {
  // Compared as text, so that an equal form does not ask again.
  const text = useDebounced(body === null ? null : JSON.stringify(body), 300);
  const asked = text === null ? null : (JSON.parse(text) as StartBody);
  const verdict = useQuery({
    queryKey: ['what-if', text],
    queryFn: asked === null ? skipToken : ({ signal }) => api.run.whatIf.mutate(asked, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 0,
    refetchInterval: () => (isPaused() ? false : 20_000),
  });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useLiveEvents((event) => {
    // A run of this tenant moved: the scope may be free, or taken.
    if (event.kind !== 'run' || (event.tenantId !== undefined && event.tenantId !== asked?.tenantId)) return;
    clearTimeout(timer.current);
    timer.current = setTimeout(
      () => void queryClient.invalidateQueries({ queryKey: ['what-if', text] }),
      700,
    );
  });
  return { ...verdict, settled: text === (body === null ? null : JSON.stringify(body)) };
}

interface VerdictProps {
  verdict: ReturnType<typeof useVerdict>;
  ws: string;
}

/** The verdict before the click. It reserves nothing, and says when it was asked. */
export function Verdict({ verdict, ws }: VerdictProps) {
  const outcome: StartOutcome | undefined = verdict.data;
  const old = verdict.isPlaceholderData || !verdict.settled;
  return (
    <section aria-labelledby="verdict" aria-busy={verdict.isFetching} className="grid gap-4">
      <div className="flex items-center justify-between">
        <h2 id="verdict" className="text-base font-semibold">
          If you start it now
        </h2>
        <IconButton label="Ask again" onClick={() => void verdict.refetch()}>
          <RotateCw size={15} aria-hidden="true" />
        </IconButton>
      </div>
      {verdict.isError && !old ? (
        <FaultLine error={verdict.error} onRetry={() => void verdict.refetch()} />
      ) : outcome === undefined ? (
        <p className="text-muted">Asking the gate…</p>
      ) : (
        <div className={old ? 'opacity-55' : ''}>
          <OutcomePanel outcome={outcome} ws={ws} happened={false} />
        </div>
      )}
      <p className="border-t border-line pt-3 text-sm text-faint">
        {verdict.dataUpdatedAt > 0 && (
          <>
            Asked <Time at={new Date(verdict.dataUpdatedAt).toISOString()} />.{' '}
          </>
        )}
        A preview reserves nothing; the gate decides again when you start.
      </p>
    </section>
  );
}
