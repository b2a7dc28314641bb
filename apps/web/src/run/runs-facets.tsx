import type { RunStatus } from '@signalbox/domain/run/lifecycle';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { trpc } from '../client/api.ts';
import type { filterInput, RunsSearch } from './runs-search.ts';
import { statusesIn } from './runs-search.ts';
import { StatusIcon } from './status-icon.tsx';
import { statusView } from './status-model.ts';

const route = getRouteApi('/w/$ws/runs');

/** How many runs the filter matches, by status and in all. A little old at most: it is a guide, not a meter. */
export function useRunCounts(filter: ReturnType<typeof filterInput>, enabled = true) {
  return useQuery(trpc.run.counts.queryOptions(filter, { staleTime: 30_000, enabled, retry: false }));
}

/** How many, as one says it: "37", "about 1.2 k". */
export function countWords({ count, exact }: { count: number; exact: boolean }): string {
  if (exact) return count.toLocaleString('en');
  if (count < 10_000) return `about ${(Math.round(count / 100) / 10).toFixed(1).replace('.0', '')} k`;
  return `about ${Math.round(count / 1_000).toLocaleString('en')} k`;
}

/** One switch per status that has runs, each with how many. */
export function RunsFacets({
  search,
  filter,
}: {
  search: RunsSearch;
  filter: ReturnType<typeof filterInput>;
}) {
  const navigate = route.useNavigate();
  const counts = useRunCounts(filter);
  const chosen = statusesIn(search);
  const shown = (counts.data?.statuses ?? []).filter(
    ({ status, count }) => count > 0 || chosen.includes(status),
  );
  const toggle = (status: RunStatus) => {
    const rest = chosen.filter((one) => one !== status);
    const next = rest.length < chosen.length ? rest : [...rest, status];
    void navigate({ search: (old) => ({ ...old, status: next.join(',') || undefined, cursor: undefined }) });
  };
  return (
    <ul aria-label="Statuses" className="flex min-h-7 gap-1 overflow-x-auto">
      {shown.map(({ status, count, more }) => {
        const on = chosen.includes(status);
        return (
          <li key={status}>
            <button
              type="button"
              aria-pressed={on}
              onClick={() => toggle(status)}
              className={`inline-flex h-7 items-center gap-1.5 rounded-full border px-2.5 text-sm whitespace-nowrap ${on ? 'border-accent bg-accent-soft' : 'border-line text-muted hover:bg-hover hover:text-ink'}`}
            >
              <StatusIcon shape={statusView(status).shape} size={13} />
              <span className="first-letter:uppercase">{status.replaceAll('_', ' ')}</span>
              <span className="text-faint tabular-nums">
                {count}
                {more && '+'}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
