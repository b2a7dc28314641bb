import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { api, queryClient } from '../client/api.ts';
import { serverNow } from '../clock/server-clock.ts';
import { isPaused } from '../live/live-stream.ts';
import { useLiveEvents } from '../live/use-live.ts';
import { readJson } from '../operation/json-text.ts';
import { announce } from '../ui/announcer.tsx';
import { IconButton } from '../ui/button.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { Time } from '../ui/time.tsx';
import { useDebounced } from '../ui/use-debounced.ts';
import { outcomeView } from './outcome-model.ts';
import { OutcomePanel } from './outcome-panel.tsx';
import type { StartBody } from './start-body.ts';
import type { Foretold } from './verdict-change.ts';

/** How long the form rests before the gate is asked, and how long events of a tenant are gathered, ms. */
const restMs = 300;
const gatherMs = 700;

/**
 * The gate's answer to a start as the form stands now, asked again when the form or the tenant's runs change. `text`
 * is the body as JSON: an equal form does not ask again, and an answer that comes late belongs to a text that is no
 * longer asked about.
 */
export function useVerdict(text: string | null) {
  const asked = useDebounced(text, restMs);
  const tenantId = asked === null ? null : (bodyOf(asked).tenantId ?? null);
  const verdict = useQuery({
    queryKey: ['what-if', asked],
    queryFn:
      asked === null
        ? skipToken
        : async ({ signal }): Promise<Foretold> => ({
            outcome: await api.run.whatIf.mutate(bodyOf(asked), { signal }),
            at: serverNow(),
          }),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
    refetchInterval: () => (isPaused() ? false : 20_000),
  });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useLiveEvents((event) => {
    // A run of this tenant moved: the scope may be free, or taken.
    if (event.kind !== 'run' || (event.tenantId !== undefined && event.tenantId !== tenantId)) return;
    clearTimeout(timer.current);
    timer.current = setTimeout(
      () => void queryClient.invalidateQueries({ queryKey: ['what-if', asked] }),
      gatherMs,
    );
  });
  const old = verdict.isPlaceholderData || asked !== text;
  const current = old || verdict.isError ? undefined : verdict.data;
  const heard = current === undefined ? '' : `${outcomeView(current.outcome.outcome).before}.`;
  useEffect(() => {
    if (heard !== '') announce(heard);
  }, [heard]);
  return { ...verdict, old, current };
}

function bodyOf(text: string): StartBody {
  const reading = readJson(text);
  return (reading.ok ? reading.value : {}) as unknown as StartBody;
}

interface VerdictProps {
  verdict: ReturnType<typeof useVerdict>;
  ws: string;
}

/** The verdict before the click. It reserves nothing, and says when it was asked. */
export function Verdict({ verdict, ws }: VerdictProps) {
  const { data, old } = verdict;
  return (
    <section aria-labelledby="verdict" aria-busy={verdict.isFetching || old} className="grid gap-4">
      <div className="flex items-center justify-between">
        <h2 id="verdict" className="text-base font-semibold">
          If you start it now
        </h2>
        <IconButton label="Ask again" onClick={() => void verdict.refetch()}>
          <RotateCw size={15} aria-hidden="true" className={verdict.isFetching ? 'animate-spin' : ''} />
        </IconButton>
      </div>
      {verdict.isError && !old ? (
        <FaultLine error={verdict.error} onRetry={() => void verdict.refetch()} />
      ) : data === undefined ? (
        <p className="text-muted">Asking the gate…</p>
      ) : (
        <div className={old ? 'opacity-55' : ''}>
          <OutcomePanel outcome={data.outcome} ws={ws} happened={false} />
        </div>
      )}
      <p className="border-t border-line pt-3 text-sm text-faint">
        {old ? (
          <>The form has changed; asking again. </>
        ) : (
          data !== undefined && (
            <>
              {verdict.isError ? 'Last answered' : 'Answered'} <Time at={new Date(data.at).toISOString()} />.{' '}
            </>
          )
        )}
        A preview reserves nothing; the gate decides again when you start.
      </p>
    </section>
  );
}
