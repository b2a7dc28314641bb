import { getRouteApi } from '@tanstack/react-router';
import { ArrowLeft, ArrowRight } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Select } from '../ui/field.tsx';
import { countWords, useRunCounts } from './runs-facets.tsx';
import { defaultPageSize, type filterInput, filterText, pageSizes, type RunsSearch } from './runs-search.ts';

const route = getRouteApi('/w/$ws/runs');

interface RunsPagerProps {
  search: RunsSearch;
  nextCursor: string | null;
  previousCursor: string | null;
  /** How many runs this page shows. */
  shown: number;
  filter: ReturnType<typeof filterInput>;
}

/** How many runs match, when somebody wants to know. */
function Total({ filter }: { filter: ReturnType<typeof filterInput> }) {
  const [asked, setAsked] = useState(false);
  const counts = useRunCounts(filter, asked);
  if (!asked) {
    return (
      <Button look="quiet" size="small" onClick={() => setAsked(true)}>
        How many in all?
      </Button>
    );
  }
  const total = counts.data?.total;
  const said =
    total !== undefined
      ? `${countWords(total)} in all`
      : counts.isError
        ? 'Could not be counted'
        : 'Counting…';
  return (
    <span role="status" className="text-sm text-muted tabular-nums">
      {said}
    </span>
  );
}

/** Newer and older pages, and how long they are. */
export function RunsPager({ search, nextCursor, previousCursor, shown, filter }: RunsPagerProps) {
  const navigate = route.useNavigate();
  const go = (cursor: string | null) =>
    void navigate({
      search: (old) => ({ ...old, cursor: cursor ?? undefined, peek: undefined }),
      resetScroll: true,
    });
  const isFirst = search.cursor === undefined;
  // A page that was reached from below and has nothing above it is the first one, perhaps cut short.
  const newer = () => go(previousCursor);
  return (
    <nav aria-label="Pages" className="flex flex-wrap items-center justify-between gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
        <div className="flex items-center gap-2">
          <label htmlFor="page-size">Rows</label>
          <Select
            id="page-size"
            className="h-8 w-20"
            value={search.limit ?? defaultPageSize}
            onChange={(event) => {
              const limit = pageSizes.find((size) => size === event.target.value && size !== defaultPageSize);
              void navigate({ search: (old) => ({ ...old, limit, cursor: undefined }) });
            }}
          >
            {pageSizes.map((size) => (
              <option key={size}>{size}</option>
            ))}
          </Select>
        </div>
        <span className="tabular-nums">{shown} on this page</span>
        <Total key={filterText(search)} filter={filter} />
      </div>
      <div className="flex gap-2">
        <Button
          icon={<ArrowLeft size={15} aria-hidden="true" />}
          refused={isFirst ? 'These are the newest runs.' : null}
          onClick={newer}
        >
          Newer
        </Button>
        <Button
          refused={nextCursor === null ? 'There are no older runs.' : null}
          onClick={() => go(nextCursor)}
        >
          Older
          <ArrowRight size={15} aria-hidden="true" />
        </Button>
      </div>
    </nav>
  );
}
