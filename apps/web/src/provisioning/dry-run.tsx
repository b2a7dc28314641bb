import { skipToken, useQuery } from '@tanstack/react-query';
import { RotateCw, TriangleAlert } from 'lucide-react';
import { api } from '../client/api.ts';
import { serverNow } from '../clock/server-clock.ts';
import { HolderLink } from '../gate/holder-link.tsx';
import { Outcome } from '../gate/outcome.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { StepLink } from '../ui/step-link.tsx';
import { Time } from '../ui/time.tsx';
import { useDebounced } from '../ui/use-debounced.ts';
import type { BatchBody, BatchPreviewView } from './batch-view.ts';
import { operationsWord } from './batch-words.ts';

/** How long the document rests before the gates are asked, ms, and up to how many operations they are asked unbidden. */
const restMs = 600;
const mostUnbidden = 100;
/** Operations that are listed; the rest is counted. */
const mostListed = 100;

/** What the gates say to each operation of the document as it stands. */
export function useDryRun(body: BatchBody | null) {
  const text = body === null ? null : JSON.stringify(body);
  const asked = useDebounced(text, restMs);
  const few = (body?.operations.length ?? 0) <= mostUnbidden;
  const query = useQuery({
    queryKey: ['batch-preview', asked],
    queryFn:
      asked === null
        ? skipToken
        : async ({ signal }) => ({
            preview: await api.batch.preview.mutate(JSON.parse(asked) as BatchBody, { signal }),
            at: serverNow(),
          }),
    enabled: few && asked !== null,
    staleTime: 0,
    gcTime: 0,
  });
  return { ...query, few, old: asked !== text, current: asked === text ? query.data : undefined };
}

export type DryRun = ReturnType<typeof useDryRun>;

type Asked = BatchPreviewView['operations'][number];

function Answer({ operation, ws }: { operation: Asked; ws: string }) {
  const { id, operationLabel, infra, servers, outcome, forbidden } = operation;
  return (
    <li className="grid gap-x-6 gap-y-1 px-4 py-2.5 text-sm md:grid-cols-[minmax(0,2fr)_8rem_minmax(0,3fr)]">
      <span className="min-w-0">
        <span className="block font-mono [overflow-wrap:anywhere]">{id}</span>
        <span className="block text-xs text-muted [overflow-wrap:anywhere]">
          {operationLabel} · {infra}
          {servers !== undefined &&
            ` · on ${servers.slice(0, 3).join(', ')}${servers.length > 3 ? ` and ${servers.length - 3} more` : ''}`}
        </span>
      </span>
      <span>
        {outcome === undefined ? (
          <span className="font-medium text-stop">
            {forbidden === undefined ? 'Not asked' : 'Not allowed'}
          </span>
        ) : (
          <Outcome outcome={outcome.outcome} />
        )}
      </span>
      <span className="grid min-w-0 content-start gap-1 [overflow-wrap:anywhere]">
        {forbidden !== undefined && <span>You lack the capability {forbidden}.</span>}
        {outcome !== undefined && outcome.outcome !== 'accepted' && (
          <>
            <span>
              {outcome.holder === undefined ? (
                outcome.message
              ) : (
                <>
                  <HolderLink holder={outcome.holder} ws={ws} begins /> holds the scope since{' '}
                  <Time at={outcome.holder.since} />.
                </>
              )}
            </span>
            {outcome.nextSteps.map((step) => (
              <span key={step.code}>
                <StepLink href={step.href}>{step.label}</StepLink>
              </span>
            ))}
          </>
        )}
        {outcome?.outcome === 'accepted' && <span className="text-muted">Nothing stands in its way.</span>}
      </span>
    </li>
  );
}

function Verdict({ preview }: { preview: BatchPreviewView }) {
  const made = preview.infras.filter(({ exists }) => !exists).map(({ name }) => name);
  return (
    <div className="grid gap-1 px-4 py-3">
      <p className="text-base font-medium">
        {preview.startable ? 'It would be admitted now.' : 'It would be refused now.'}
      </p>
      <p className="text-sm text-muted">
        {operationsWord(preview.operations.length)} in {preview.waves.length}{' '}
        {preview.waves.length === 1 ? 'wave' : 'waves'}, {preview.peakConcurrency} at once at the peak
        {made.length > 0 && `; the infra ${made.join(', ')} is made with it`}.
      </p>
      {preview.problems.map(({ pointer, message }) => (
        <p key={`${pointer} ${message}`} className="flex items-start gap-1.5 text-sm font-medium text-stop">
          <TriangleAlert size={15} aria-hidden="true" className="mt-0.5 shrink-0" />
          {message}
        </p>
      ))}
    </div>
  );
}

interface DryRunPanelProps {
  dryRun: DryRun;
  body: BatchBody | null;
  ws: string;
  /** Nothing was written yet. */
  untouched: boolean;
}

/** What the gates say to each operation now. It reserves nothing, and says when they were asked. */
export function DryRunPanel({ dryRun, body, ws, untouched }: DryRunPanelProps) {
  const { data, old, few, isFetching, isError } = dryRun;
  const shown = dryRun.current ?? data;
  return (
    <section
      aria-labelledby="dry-run"
      aria-busy={isFetching || old}
      className="panel min-w-0 overflow-hidden"
    >
      <div className="flex min-h-11 items-center justify-between border-b border-line pr-2 pl-4">
        <h2 id="dry-run" className="text-base font-semibold">
          Dry run
        </h2>
        {body !== null && (
          <IconButton label="Ask all gates again" onClick={() => void dryRun.refetch()}>
            <RotateCw size={15} aria-hidden="true" className={isFetching ? 'animate-spin' : ''} />
          </IconButton>
        )}
      </div>
      {body === null ? (
        <p className="px-4 py-4 text-muted">
          {untouched
            ? 'Add operations in the form, paste a document beside it, or load the example. The gates are then asked about each.'
            : 'The gates are asked once the document has no problems.'}
        </p>
      ) : isError ? (
        <div className="p-4">
          <FaultLine error={dryRun.error} onRetry={() => void dryRun.refetch()} />
        </div>
      ) : shown === undefined ? (
        few || isFetching ? (
          <p className="px-4 py-4 text-muted">Asking the gates…</p>
        ) : (
          <div className="flex flex-wrap items-center gap-3 px-4 py-4">
            <span className="text-muted">
              {operationsWord(body.operations.length)} are asked about only on demand.
            </span>
            <Button onClick={() => void dryRun.refetch()}>Ask all gates</Button>
          </div>
        )
      ) : (
        <div className={old ? 'opacity-55' : ''}>
          <Verdict preview={shown.preview} />
          <ul aria-label="Answers of the gates" className="divide-y divide-line border-t border-line">
            {shown.preview.operations.slice(0, mostListed).map((operation) => (
              <Answer key={operation.id} operation={operation} ws={ws} />
            ))}
          </ul>
          {shown.preview.operations.length > mostListed && (
            <p className="border-t border-line px-4 py-2 text-sm text-muted">
              And {shown.preview.operations.length - mostListed} more.
            </p>
          )}
        </div>
      )}
      <p className="border-t border-line px-4 py-2.5 text-sm text-faint">
        {shown !== undefined && body !== null && (
          <>
            Answered <Time at={new Date(shown.at).toISOString()} />.{' '}
          </>
        )}
        A dry run reserves nothing; the gates decide again when you start.
      </p>
    </section>
  );
}
