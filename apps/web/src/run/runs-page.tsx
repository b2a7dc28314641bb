import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { meQuery } from '../access/session.ts';
import { trpc } from '../client/api.ts';
import { usePollWhenDown } from '../live/use-live.ts';
import { FaultView } from '../ui/fault-view.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { useMedia } from '../ui/use-media.ts';
import { NewRunsPill } from './new-runs-pill.tsx';
import { RunsCards } from './runs-cards.tsx';
import { RunsEmpty } from './runs-empty.tsx';
import { RunsFilter } from './runs-filter.tsx';
import { RunsPager } from './runs-pager.tsx';
import { RunsTable } from './runs-table.tsx';
import { useListInput } from './use-list-input.ts';
import { useLiveRows } from './use-live-rows.ts';

const route = getRouteApi('/w/$ws/runs');

/** Every run one may see, newest first. Rows change in place; new ones wait behind a pill. */
export function RunsPage() {
  const search = route.useSearch();
  const { ws } = route.useParams();
  const narrow = useMedia('(max-width: 51.99rem)');
  const input = useListInput(search);
  const me = useQuery(meQuery()).data?.user.username ?? null;
  const refetchInterval = usePollWhenDown();
  const runs = useQuery(
    trpc.run.list.queryOptions(input.list, { placeholderData: keepPreviousData, refetchInterval }),
  );
  const fresh = useLiveRows({ ...input, me }, runs.data);

  const rows = runs.data?.items ?? [];
  const shown = runs.isPending ? (
    <SkeletonRows rows={10} />
  ) : runs.isError && runs.data === undefined ? (
    <>
      <FaultView error={runs.error} onRetry={() => void runs.refetch()} />
      {search.cursor !== undefined && (
        <p className="pb-10 text-center">
          <Link to="/w/$ws/runs" params={{ ws }} search={{ ...search, cursor: undefined }} className="link">
            Go to the newest runs
          </Link>
        </p>
      )}
    </>
  ) : rows.length === 0 ? (
    <RunsEmpty search={search} ws={ws} />
  ) : narrow ? (
    <RunsCards rows={rows} ws={ws} />
  ) : (
    <RunsTable rows={rows} ws={ws} />
  );

  return (
    <Page title="Runs">
      <RunsFilter search={search} />
      <div className="relative">
        <NewRunsPill count={fresh} onShow={() => void runs.refetch()} />
        <div className={`panel overflow-hidden ${runs.isPlaceholderData ? 'opacity-60' : ''}`}>{shown}</div>
      </div>
      <RunsPager search={search} nextCursor={runs.data?.nextCursor ?? null} />
    </Page>
  );
}
