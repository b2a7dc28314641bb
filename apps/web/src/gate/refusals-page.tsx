import type { Refusal } from '@signalbox/contracts/gate/list-refusals';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Filter, ShieldCheck } from 'lucide-react';
import { useMemo } from 'react';
import { trpc } from '../client/api.ts';
import { serverNow } from '../clock/server-clock.ts';
import { buttonClass } from '../ui/button.tsx';
import { FaultView } from '../ui/fault-view.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { StepLink } from '../ui/step-link.tsx';
import { TermLink } from '../ui/term-link.tsx';
import { Time } from '../ui/time.tsx';
import { Outcome } from './outcome.tsx';
import { RefusalsFilter } from './refusals-filter.tsx';
import { isNarrowed, type RefusalsSearch, refusalsInput } from './refusals-search.ts';

const route = getRouteApi('/w/$ws/refusals');

function Row({ refusal }: { refusal: Refusal }) {
  // Steps without a page are told where a start is made; a list needs those that lead somewhere.
  const steps = refusal.nextSteps.filter(({ href }) => href !== undefined).slice(0, 2);
  const advice = refusal.nextSteps.find(({ href }) => href === undefined);
  return (
    <li className="grid items-start gap-x-6 gap-y-1.5 px-4 py-3 hover:bg-hover sm:grid-cols-[7.5rem_minmax(0,1fr)] lg:grid-cols-[7.5rem_minmax(0,1fr)_minmax(0,1.5fr)_10rem]">
      <div>
        <Outcome outcome={refusal.outcome} />
      </div>
      <div className="min-w-0">
        <p className="truncate font-medium">{refusal.operationLabel}</p>
        <p className="truncate text-sm text-muted">{refusal.tenant?.name ?? 'The whole workspace'}</p>
      </div>
      <div className="min-w-0 max-lg:col-span-full">
        <p>
          {refusal.reason ? (
            <TermLink term={`reason-${refusal.reason.code}`}>
              <strong className="font-medium">{refusal.reason.label}.</strong>
            </TermLink>
          ) : (
            <strong className="font-medium">No reason was kept.</strong>
          )}{' '}
          <span className="text-muted">{refusal.reason?.text}</span>
        </p>
        {(steps.length > 0 || advice !== undefined) && (
          <ul className="flex flex-wrap gap-x-4 text-sm">
            {steps.map((step) => (
              <li key={step.code} className="flex min-h-6 items-center">
                <StepLink href={step.href}>{step.label}</StepLink>
              </li>
            ))}
            {steps.length === 0 && <li className="text-muted">{advice?.label}.</li>}
          </ul>
        )}
      </div>
      <div className="text-sm text-muted lg:text-right max-lg:col-span-full">
        <Time at={refusal.at} />
        <span className="lg:block"> by {refusal.by}</span>
      </div>
    </li>
  );
}

function Empty({ search, ws }: { search: RefusalsSearch; ws: string }) {
  if (isNarrowed(search)) {
    return (
      <Notice
        icon={<Filter size={26} aria-hidden="true" />}
        title="No refused start matches"
        actions={
          <Link to="/w/$ws/refusals" params={{ ws }} className={buttonClass('plain')}>
            Clear the filter
          </Link>
        }
      >
        No start that you may know of was refused like that.
      </Notice>
    );
  }
  return (
    <Notice icon={<ShieldCheck size={26} aria-hidden="true" />} title="No start was refused">
      Every start passes the start gate. One it refuses makes no run; who asked for what, and why it was
      refused, is kept here.
    </Notice>
  );
}

/** Starts that the gate refused: they left no run, so this is where they are seen. */
export function RefusalsPage() {
  const search = route.useSearch();
  const { ws } = route.useParams();
  // Counted once per filter, so that looking at the page does not ask again each second.
  const input = useMemo(() => refusalsInput(search, serverNow()), [search]);
  const query = useQuery(trpc.refusal.list.queryOptions(input, { placeholderData: keepPreviousData }));
  const rows = query.data?.items ?? [];
  return (
    <Page title="Refused starts">
      <RefusalsFilter search={search} />
      <div className={`panel overflow-hidden ${query.isPlaceholderData ? 'opacity-60' : ''}`}>
        {query.isPending ? (
          <SkeletonRows rows={6} />
        ) : query.isError && query.data === undefined ? (
          <FaultView error={query.error} onRetry={() => void query.refetch()} />
        ) : rows.length === 0 ? (
          <Empty search={search} ws={ws} />
        ) : (
          <ul aria-label="Refused starts" className="divide-y divide-line">
            {rows.map((refusal) => (
              <Row key={refusal.id} refusal={refusal} />
            ))}
          </ul>
        )}
      </div>
      {(search.cursor !== undefined || query.data?.nextCursor) && (
        <nav aria-label="Pages" className="flex justify-end gap-2">
          {search.cursor !== undefined && (
            <Link
              to="/w/$ws/refusals"
              params={{ ws }}
              search={{ ...search, cursor: undefined }}
              className={buttonClass()}
            >
              Newest
            </Link>
          )}
          {query.data?.nextCursor && (
            <Link
              to="/w/$ws/refusals"
              params={{ ws }}
              search={{ ...search, cursor: query.data.nextCursor }}
              className={buttonClass()}
            >
              Older
            </Link>
          )}
        </nav>
      )}
    </Page>
  );
}
