import { useQuery } from '@tanstack/react-query';
import { CatchBoundary, getRouteApi } from '@tanstack/react-router';
import { ListFilter, TriangleAlert, X } from 'lucide-react';
import { lazy, Suspense, useRef } from 'react';
import { trpc } from '../client/api.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { addTerm, type FilterQuery, printFilter, readTerm, termsOf } from './filter-grammar.ts';
import { type FilterTerm, readTerms, writeTerm } from './filter-terms.ts';
import { filterKeys, isFiltered, type RunsSearch } from './runs-search.ts';

const route = getRouteApi('/w/$ws/runs');
const FilterInput = lazy(async () => ({ default: (await import('./filter-input.tsx')).FilterInput }));

/** A search with another filter: the place in the list belongs to the old one. */
function withFilter(old: RunsSearch, query: FilterQuery): RunsSearch {
  const cleared = Object.fromEntries(filterKeys.map((key) => [key, undefined]));
  return { ...old, ...cleared, unread: undefined, ...query, cursor: undefined };
}

function Chip({ text, fault, onRemove }: { text: string; fault?: string | undefined; onRemove: () => void }) {
  const wrong = fault !== undefined;
  return (
    <li
      title={fault}
      className={`inline-flex h-7 max-w-full items-center rounded-sm border pl-2 ${wrong ? 'border-caution bg-caution-soft' : 'border-line bg-sunken'}`}
    >
      {wrong && <TriangleAlert size={13} aria-hidden="true" className="mr-1.5 shrink-0 text-caution" />}
      <span className={`truncate font-mono text-xs ${wrong ? 'line-through decoration-caution' : ''}`}>
        {text}
      </span>
      {wrong && <span className="sr-only">, not understood: {fault}</span>}
      <IconButton label={`Remove ${text}`} className="!size-6.5" onClick={onRemove}>
        <X size={13} aria-hidden="true" />
      </IconButton>
    </li>
  );
}

/** The filter of the runs list: what it says stands in the URL, one chip for each term. */
export function RunsFilter({ search }: { search: RunsSearch }) {
  const navigate = route.useNavigate();
  const list = useRef<HTMLDivElement>(null);
  const tenants = useQuery(trpc.tenant.list.queryOptions({ limit: 200 }, { staleTime: 60_000 }));
  const connections = useQuery(trpc.connection.list.queryOptions({ limit: 200 }, { staleTime: 60_000 }));
  const names = { tenants: tenants.data?.items ?? [] };
  const offers = { tenants: names.tenants, connections: connections.data?.items ?? [] };

  const change = (next: (old: FilterQuery) => FilterQuery) =>
    void navigate({ search: (old) => withFilter(old, next(pickFilter(old))) });
  const remove = (from: keyof FilterQuery) => change((old) => ({ ...old, [from]: undefined }));
  const apply = (text: string) =>
    change((old) => readTerms(text).reduce<FilterQuery>((query, term) => addTerm(query, term, names), old));
  const terms = termsOf(search, names);
  const unread = once(readTerms(search.unread ?? ''));
  const leave = (term: FilterTerm) => {
    const rest = unread.filter((one) => one !== term).map(writeTerm);
    change((old) => ({ ...old, unread: rest.join(' ') || undefined }));
  };
  const back = () => {
    const last = unread.at(-1);
    const from = terms.at(-1)?.from;
    if (last !== undefined) leave(last);
    else if (from !== undefined) remove(from);
  };
  const faults = unread.map((term) => {
    const read = readTerm(term, names);
    return 'fault' in read ? read.fault : `“${writeTerm(term)}” cannot hold together with the rest.`;
  });
  const empty = terms.length === 0 && unread.length === 0;
  const placeholder = empty ? 'Filter: status:failed tenant:… created:>-24h' : 'Add a filter';

  return (
    <search className="grid gap-1.5" ref={list}>
      <div className="flex min-h-10 flex-wrap items-center gap-1.5 rounded-md border border-line-strong bg-surface px-2 py-1 focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-accent">
        <ListFilter size={16} aria-hidden="true" className="shrink-0 text-faint" />
        {!empty && (
          <ul aria-label="Filter" className="contents">
            {terms.map(({ from, term }) => (
              <Chip key={from} text={writeTerm(term)} onRemove={() => remove(from)} />
            ))}
            {unread.map((term, at) => (
              <Chip
                key={writeTerm(term)}
                text={writeTerm(term)}
                fault={faults[at]}
                onRemove={() => leave(term)}
              />
            ))}
          </ul>
        )}
        <CatchBoundary getResetKey={() => 'filter'} errorComponent={() => null}>
          <Suspense
            fallback={<span className="h-7 min-w-40 flex-1 px-1 leading-7 text-faint">{placeholder}</span>}
          >
            <FilterInput offers={offers} placeholder={placeholder} onApply={apply} onBack={back} />
          </Suspense>
        </CatchBoundary>
        {(isFiltered(search) || unread.length > 0) && (
          <>
            <span className="max-md:hidden">
              <CopyButton text={() => printFilter(search, names)}>Copy query</CopyButton>
            </span>
            <Button look="quiet" size="small" onClick={() => change(() => ({}))}>
              Clear all
            </Button>
          </>
        )}
      </div>
      {faults.map((fault) => (
        <p key={fault} className="flex items-baseline gap-1.5 text-sm text-caution">
          {fault} It has no effect.
        </p>
      ))}
    </search>
  );
}

/** Terms that are written alike stand once. */
function once(terms: FilterTerm[]): FilterTerm[] {
  return [...new Map(terms.map((term) => [writeTerm(term), term])).values()];
}

function pickFilter(search: RunsSearch): FilterQuery {
  const kept = filterKeys
    .map((key) => [key, search[key]] as const)
    .filter(([, value]) => value !== undefined);
  return { ...(Object.fromEntries(kept) as FilterQuery), unread: search.unread };
}
