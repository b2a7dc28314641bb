import { getRouteApi, Link, useLocation } from '@tanstack/react-router';
import { Input } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { findTerms, type Term } from './glossary-model.ts';

const route = getRouteApi('/w/$ws/glossary');

function Entry({ term, meant }: { term: Term; meant: boolean }) {
  return (
    <div
      id={term.id}
      className={`grid scroll-mt-20 gap-x-6 gap-y-1 border-b border-line px-5 py-3 last:border-b-0 md:grid-cols-[15rem_minmax(0,1fr)] ${meant ? 'bg-accent-soft' : ''}`}
    >
      <dt className="font-semibold">
        <Link to="." search={true} hash={term.id} replace className="hover:underline">
          {term.word}
        </Link>
        {term.code !== undefined && (
          <code className="block font-mono text-xs font-normal break-all text-faint">{term.code}</code>
        )}
      </dt>
      <dd className="max-w-[44rem]">
        {term.meaning}
        {term.next && <span className="block text-sm text-muted">What to do: {term.next.join(' · ')}.</span>}
      </dd>
    </div>
  );
}

/** What the words of Signalbox mean: every status, outcome and reason that a page may show, each with its anchor. */
export function GlossaryPage() {
  const { q } = route.useSearch();
  const navigate = route.useNavigate();
  const meant = useLocation({ select: ({ hash }) => hash });
  const groups = findTerms(q ?? '');
  return (
    <Page
      title="Glossary"
      actions={
        <Input
          type="search"
          aria-label="Find a word"
          placeholder="Find a word"
          data-filter
          className="h-8 w-64"
          value={q ?? ''}
          onChange={(event) =>
            void navigate({ search: { q: event.target.value || undefined }, replace: true })
          }
        />
      }
    >
      {groups.length === 0 && <Notice title="No such word">Nothing here holds what you typed.</Notice>}
      {groups.map(({ label, terms }) => (
        <section key={label} aria-label={label}>
          <h2 className="mb-2 text-lg font-semibold">{label}</h2>
          <dl className="panel">
            {terms.map((term) => (
              <Entry key={term.id} term={term} meant={term.id === meant} />
            ))}
          </dl>
        </section>
      ))}
    </Page>
  );
}
