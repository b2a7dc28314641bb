import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { trpc } from '../client/api.ts';
import type { filterInput, RunsSearch } from './runs-search.ts';
import { statusesIn } from './runs-search.ts';
import { StatusIcon } from './status-icon.tsx';
import { statusView } from './status-model.ts';

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

const word = (text: string) => text.replaceAll('_', ' ');

/** One switch per status that has runs, each with how many. */
export function RunsFacets({
  search,
  filter,
  ws,
}: {
  search: RunsSearch;
  filter: ReturnType<typeof filterInput>;
  ws: string;
}) {
  const counts = useRunCounts(filter);
  const chosen = statusesIn(search);
  const shown = (counts.data?.statuses ?? []).filter(
    ({ status, count }) => count > 0 || chosen.includes(status),
  );
  return (
    <ul aria-label="Statuses" className="flex min-h-7 gap-1 overflow-x-auto">
      {shown.map(({ status, count, more }) => {
        const on = chosen.includes(status);
        const rest = chosen.filter((one) => one !== status);
        const next = on ? rest : [...rest, status];
        const { shape } = statusView(status);
        return (
          <li key={status}>
            <Link
              to="/w/$ws/runs"
              params={{ ws }}
              search={{ ...search, status: next.join(',') || undefined, cursor: undefined }}
              aria-pressed={on}
              role="button"
              className={`inline-flex h-7 items-center gap-1.5 rounded-full border px-2.5 text-sm whitespace-nowrap ${on ? 'border-accent bg-accent-soft' : 'border-line text-muted hover:bg-hover hover:text-ink'}`}
            >
              <StatusIcon shape={shape} size={13} />
              <span className="first-letter:uppercase">{word(status)}</span>
              <span className="text-faint tabular-nums">
                {count}
                {more && '+'}
              </span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
