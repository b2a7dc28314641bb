import { Link } from '@tanstack/react-router';
import { TimerOff } from 'lucide-react';
import { problemOf } from '../client/problem-model.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { FaultView } from '../ui/fault-view.tsx';
import { Notice } from '../ui/notice.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import type { FilterNames } from './filter-grammar.ts';
import type { RowsProps } from './rows-props.ts';
import { RunsCards } from './runs-cards.tsx';
import { RunsEmpty } from './runs-empty.tsx';
import type { ColumnName, RunsSearch } from './runs-search.ts';
import { RunsTable } from './runs-table.tsx';

interface RunsBodyProps extends RowsProps {
  runs: { isPending: boolean; error: unknown; data: unknown; refetch: () => unknown };
  search: RunsSearch;
  names: FilterNames;
  narrow: boolean;
  columns: readonly ColumnName[];
}

/** The database gave up: the question is too wide, and the same one would be again. */
function TookTooLong({ search, ws, onRetry }: { search: RunsSearch; ws: string; onRetry: () => void }) {
  return (
    <Notice
      role="alert"
      icon={<TimerOff size={26} aria-hidden="true" />}
      title="This took too long"
      actions={
        <>
          <Link
            to="/w/$ws/runs"
            params={{ ws }}
            search={{ ...search, last: '24h', cursor: undefined }}
            className={buttonClass('plain')}
          >
            Only the last 24 hours
          </Link>
          <Button onClick={onRetry}>Try again</Button>
        </>
      }
    >
      The database gave up on this list. Narrow the range, or name a tenant or a status.
    </Notice>
  );
}

/** The rows of the list, or what stands in their place. */
export function RunsBody({ runs, search, names, narrow, columns, ...rows }: RunsBodyProps) {
  if (runs.isPending) return <SkeletonRows rows={10} />;
  if (runs.error !== null && runs.data === undefined) {
    const retry = () => void runs.refetch();
    if (problemOf(runs.error)?.code === 'timed_out')
      return <TookTooLong search={search} ws={rows.ws} onRetry={retry} />;
    return (
      <>
        <FaultView error={runs.error} onRetry={retry} />
        {search.cursor !== undefined && (
          <p className="pb-10 text-center">
            <Link
              to="/w/$ws/runs"
              params={{ ws: rows.ws }}
              search={{ ...search, cursor: undefined }}
              className="link"
            >
              Go to the newest runs
            </Link>
          </p>
        )}
      </>
    );
  }
  if (rows.rows.length === 0) return <RunsEmpty search={search} ws={rows.ws} names={names} />;
  return narrow ? <RunsCards {...rows} /> : <RunsTable {...rows} columns={columns} />;
}
