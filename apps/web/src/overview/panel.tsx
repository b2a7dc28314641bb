import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useId } from 'react';
import { FaultLine } from '../ui/fault-view.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';

interface PanelProps<TData> {
  title: string;
  /** Beside the title. */
  aside?: ReactNode;
  query: UseQueryResult<TData, unknown>;
  /** Rows of the skeleton, so that what comes has about its height. */
  rows: number;
  /** Where it stands in the page's grid; the left column when absent. */
  className?: string;
  children: (data: TData) => ReactNode;
}

/** A panel of the overview with its own loading, its own fault and its own retry. */
export function Panel<TData>({
  title,
  aside,
  query,
  rows,
  className = 'lg:col-start-1',
  children,
}: PanelProps<TData>) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={`panel min-w-0 overflow-hidden ${className}`}>
      <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 border-b border-line px-4 py-2">
        <h2 id={id} className="text-base font-semibold">
          {title}
        </h2>
        {aside}
      </div>
      {query.isError && (
        <div className="p-3">
          <FaultLine error={query.error} onRetry={() => void query.refetch()} />
        </div>
      )}
      {query.data !== undefined ? children(query.data) : query.isPending && <SkeletonRows rows={rows} />}
    </section>
  );
}
