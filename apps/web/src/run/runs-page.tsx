import { useQuery } from '@tanstack/react-query';
import { CatchBoundary, getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useRef } from 'react';
import { BulkBar } from '../bulk/bulk-bar.tsx';
import { trpc } from '../client/api.ts';
import { ViewsBar } from '../saved-view/views-bar.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { Page } from '../ui/page.tsx';
import { useMedia } from '../ui/use-media.ts';
import { NewRunsPill } from './new-runs-pill.tsx';
import { RunsBody } from './runs-body.tsx';
import { columnsIn } from './runs-columns.tsx';
import { RunsFacets } from './runs-facets.tsx';
import { RunsFilter } from './runs-filter.tsx';
import { RunsPager } from './runs-pager.tsx';
import { filterText } from './runs-search.ts';
import { RunsTools } from './runs-tools.tsx';
import { SelectAll } from './select-all.tsx';
import { isChosen, isEmpty, pageTick, toggled, withoutPage, withPage, withRange } from './selection-model.ts';
import { useRunsKeys } from './use-runs-keys.ts';
import { useRunsList } from './use-runs-list.ts';
import { useSelection } from './use-selection.ts';

const route = getRouteApi('/w/$ws/runs');
const PeekPanel = lazy(async () => ({ default: (await import('./peek-panel.tsx')).PeekPanel }));

/** Every run one may see, newest first. Rows change in place; new ones wait behind a pill. */
export function RunsPage() {
  const search = route.useSearch();
  const { ws } = route.useParams();
  const navigate = route.useNavigate();
  const narrow = useMedia('(max-width: 51.99rem)');
  const { runs, rows, input, fresh, stillMatches, renew } = useRunsList(search, ws);
  const tenants = useQuery(trpc.tenant.list.queryOptions({ limit: 200 }, { staleTime: 60_000 }));
  const names = { tenants: tenants.data?.items ?? [] };
  const [selection, choose] = useSelection(`${ws} ${filterText(search)}`);
  const ids = rows.map(({ id }) => id);
  const anchor = useRef<number | null>(null);
  const tick = (id: number, range: boolean) => {
    choose(
      range && anchor.current !== null
        ? withRange(selection, { from: anchor.current, to: id, page: ids })
        : toggled(selection, id, ids),
    );
    anchor.current = id;
  };
  const peek = search.peek === undefined ? null : Number(search.peek);
  const onPeek = (id: number | null) =>
    void navigate({
      search: (old) => ({ ...old, peek: id === null ? undefined : String(id) }),
      replace: true,
      resetScroll: false,
    });
  const keys = useRunsKeys({ ws, ids, peek, onPeek, onTick: tick });
  const columns = columnsIn(search.cols);
  const ticked = pageTick(selection, ids);

  return (
    <Page title="Runs" actions={<RunsTools columns={columns} input={input.list} />}>
      <ViewsBar search={search} ws={ws} />
      <RunsFilter search={search} />
      <RunsFacets search={search} filter={input.filter} />
      <div className={peek === null ? '' : 'grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]'}>
        <div className="relative min-w-0">
          <NewRunsPill count={fresh.count} more={fresh.more} onShow={renew} />
          {/* biome-ignore lint/a11y/noStaticElementInteractions: it only follows where the focus is */}
          <div
            onFocus={keys.onFocus}
            className={`panel overflow-hidden ${runs.isPlaceholderData ? 'opacity-60' : ''}`}
          >
            <RunsBody
              runs={runs}
              search={search}
              names={names}
              narrow={narrow}
              columns={columns}
              rows={rows}
              ws={ws}
              peek={peek}
              held={keys.held}
              pageTick={ticked}
              onTickPage={() =>
                choose(ticked === 'all' ? withoutPage(selection, ids) : withPage(selection, ids))
              }
              onTick={tick}
              onPeek={onPeek}
              isChosen={(id) => isChosen(selection, id)}
              isGone={(run) => !runs.isPlaceholderData && !stillMatches(run)}
            />
          </div>
        </div>
        {peek !== null && (
          <CatchBoundary getResetKey={() => peek} errorComponent={({ error }) => <FaultLine error={error} />}>
            <Suspense>
              <PeekPanel
                key={peek}
                ws={ws}
                id={peek}
                seq={rows.find(({ id }) => id === peek)?.eventSeq}
                onClose={() => onPeek(null)}
              />
            </Suspense>
          </CatchBoundary>
        )}
      </div>
      {!isEmpty(selection) && (
        <div className="sticky bottom-3 z-20 grid gap-2">
          <SelectAll
            selection={selection}
            pageIsChosen={ticked === 'all'}
            filter={input.filter}
            onAll={() => choose({ kind: 'filter' })}
          />
          <BulkBar
            ws={ws}
            selection={selection.kind === 'ids' ? selection : { kind: 'filter', filter: input.filter }}
            onClear={() => choose({ kind: 'ids', ids: [] })}
          />
        </div>
      )}
      {rows.length > 0 && (
        <RunsPager
          search={search}
          nextCursor={runs.data?.nextCursor ?? null}
          previousCursor={runs.data?.previousCursor ?? null}
          shown={rows.length}
          filter={input.filter}
        />
      )}
    </Page>
  );
}
