import { onboardingTasks } from '@signalbox/domain/onboarding/tasks';
import { operationRule } from '@signalbox/domain/operation/registry';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { usePollWhenDown } from '../live/use-live.ts';
import { DataTree } from '../run/data-tree.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { Select } from '../ui/field.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { TermLink } from '../ui/term-link.tsx';
import { Time } from '../ui/time.tsx';
import { type EvidenceChoice, evidenceQuery } from './evidence-query.ts';
import { EvidenceSign } from './evidence-sign.tsx';

interface EvidenceDrawerProps {
  ws: string;
  tenantId: number;
  chosen: EvidenceChoice;
  onChoose: (chosen: EvidenceChoice) => void;
  onClose: () => void;
}

/** Everything that was observed about the tenant, newest first. Nothing in it is ever changed or removed. */
export function EvidenceDrawer({ ws, tenantId, chosen, onChoose, onClose }: EvidenceDrawerProps) {
  const refetchInterval = usePollWhenDown();
  const query = useInfiniteQuery(evidenceQuery({ tenantId, chosen, refetchInterval }));
  const rows = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const heading = useRef<HTMLHeadingElement>(null);
  // Opened by a button elsewhere on the page: reading goes on here. Where there is no room beside the step, it stands in
  // front of it, and covers nothing.
  useEffect(() => heading.current?.focus(), []);
  return (
    <aside
      aria-label="Evidence"
      className="panel order-first flex max-h-[60dvh] min-w-0 scroll-mt-18 flex-col xl:sticky xl:top-18 xl:order-none xl:max-h-[calc(100dvh-6rem)]"
    >
      <header className="flex items-center gap-2 border-b border-line px-4 py-2">
        <h2 ref={heading} tabIndex={-1} className="mr-auto font-semibold outline-none">
          Evidence
        </h2>
        <Select
          aria-label="Task"
          className="h-8 min-w-0 flex-1"
          value={chosen}
          onChange={({ target: { value } }) => {
            const task = onboardingTasks.find((one) => one === value);
            onChoose(task ?? 'all');
          }}
        >
          <option value="all">All tasks</option>
          {onboardingTasks.map((task) => (
            <option key={task} value={task}>
              {operationRule(task).label}
            </option>
          ))}
        </Select>
        <IconButton label="Close the evidence" onClick={onClose}>
          <X size={16} aria-hidden="true" />
        </IconButton>
      </header>
      <div className="min-h-0 overflow-y-auto">
        {query.isError && rows.length === 0 ? (
          <div className="p-3">
            <FaultLine error={query.error} onRetry={() => void query.refetch()} />
          </div>
        ) : query.isPending ? (
          <SkeletonRows rows={5} />
        ) : rows.length === 0 ? (
          <p className="px-4 py-8 text-center text-muted">
            {chosen === 'all' ? 'Nothing has been observed yet.' : 'This task has left no evidence yet.'}
          </p>
        ) : (
          <ol aria-label="Observations, newest first" className="divide-y divide-line">
            {rows.map((row) => (
              <li key={row.id} className="grid gap-1 px-4 py-3">
                <div className="flex flex-wrap items-center justify-between gap-x-3">
                  <EvidenceSign status={row.status} />
                  <span className="text-sm text-muted">
                    <Time at={row.recordedAt} hinted />
                  </span>
                </div>
                <p className="font-medium">{row.label}</p>
                {(row.reason !== undefined || row.message !== undefined) && (
                  <p className="text-sm text-muted">
                    {row.reason !== undefined && (
                      <>
                        <TermLink term={`reason-${row.reason.code}`}>
                          <span className="font-medium text-ink">{row.reason.label}</span>
                        </TermLink>
                        .{' '}
                      </>
                    )}
                    {row.message}
                  </p>
                )}
                <div className="flex flex-wrap items-start gap-x-4 text-sm">
                  {row.runId !== undefined && (
                    <Link
                      to="/w/$ws/runs/$runId"
                      params={{ ws, runId: String(row.runId) }}
                      className="link inline-flex min-h-6 items-center"
                    >
                      Run #{row.runId}
                    </Link>
                  )}
                  {Object.keys(row.payload).length > 0 && (
                    <details className="min-w-0 open:basis-full">
                      <summary className="inline-flex min-h-6 cursor-pointer items-center text-muted hover:text-ink">
                        What was seen
                      </summary>
                      <DataTree label="What was seen" value={row.payload} />
                    </details>
                  )}
                </div>
              </li>
            ))}
          </ol>
        )}
        {query.hasNextPage && (
          <div className="p-3 text-center">
            <Button pending={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              Show older
            </Button>
          </div>
        )}
      </div>
    </aside>
  );
}
