import { useQuery } from '@tanstack/react-query';
import { CatchBoundary, Link } from '@tanstack/react-router';
import { BookmarkPlus, Ellipsis } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { trpc } from '../client/api.ts';
import type { RunsSearch } from '../run/runs-search.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { LazyMenu } from '../ui/lazy-menu.tsx';
import { builtInViews, isView, searchOfView } from './view-model.ts';

const ViewDialog = lazy(async () => ({ default: (await import('./view-dialog.tsx')).ViewDialog }));
const ViewMenu = lazy(async () => ({ default: (await import('./view-menu.tsx')).ViewMenu }));

const tab =
  'inline-flex h-8 items-center rounded-md px-2.5 text-sm whitespace-nowrap text-muted hover:bg-hover hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:font-medium aria-[current=page]:text-ink';

/** The router's own mark of a link to where one is: it must not take a narrower list for this one. */
const whole = { exact: true, includeSearch: true };

/** What a dialog or menu is asked to do with a view. */
export interface KeptView {
  readonly id: number;
  readonly name: string;
}

/** The views of the runs list: those everybody has, and one's own. */
export function ViewsBar({ search, ws }: { search: RunsSearch; ws: string }) {
  const views = useQuery(trpc.savedView.list.queryOptions({ page: 'runs' }, { staleTime: 60_000 }));
  const [asked, setAsked] = useState<{ view: KeptView | null } | null>(null);
  // The view last opened: a changed search may be saved under its name.
  const [opened, setOpened] = useState<number | null>(null);
  const own = views.data?.items ?? [];
  const current = own.find((view) => isView(search, searchOfView(view.search)));
  const changed = current === undefined ? own.find(({ id }) => id === opened) : undefined;
  const known = current !== undefined || builtInViews.some((view) => isView(search, view.search));
  const subject = current ?? changed;

  return (
    <div className="flex min-w-0 items-center gap-2">
      <nav aria-label="Views" className="min-w-0 flex-1 overflow-x-auto">
        <ul className="flex gap-0.5">
          {builtInViews.map((view) => (
            <li key={view.name}>
              <Link
                to="/w/$ws/runs"
                params={{ ws }}
                search={view.search}
                title={view.note}
                aria-current={isView(search, view.search) ? 'page' : undefined}
                activeOptions={whole}
                className={tab}
              >
                {view.name}
              </Link>
            </li>
          ))}
          {own.length > 0 && <li aria-hidden="true" className="mx-1 my-1.5 w-px bg-line" />}
          {own.map((view) => (
            <li key={view.id}>
              <Link
                to="/w/$ws/runs"
                params={{ ws }}
                search={searchOfView(view.search)}
                aria-current={view === current ? 'page' : undefined}
                activeOptions={whole}
                onClick={() => setOpened(view.id)}
                className={tab}
              >
                <span className="max-w-48 truncate">{view.name}</span>
                {view === changed && <span className="ml-1 text-faint">changed</span>}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {subject !== undefined && (
        <LazyMenu
          menu={ViewMenu}
          given={{
            view: subject,
            search,
            changed: changed !== undefined,
            onRename: () => setAsked({ view: subject }),
            onGone: () => setOpened(null),
          }}
          trigger={
            <IconButton label={`View ${subject.name}`}>
              <Ellipsis size={16} aria-hidden="true" />
            </IconButton>
          }
        />
      )}
      {!known && (
        <Button
          look="quiet"
          icon={<BookmarkPlus size={15} aria-hidden="true" />}
          onClick={() => setAsked({ view: null })}
        >
          Save view
        </Button>
      )}
      {asked !== null && (
        <CatchBoundary getResetKey={() => 'view'} errorComponent={({ error }) => <FaultLine error={error} />}>
          <Suspense>
            <ViewDialog
              view={asked.view}
              search={search}
              onSaved={(id) => setOpened(id)}
              onClose={() => setAsked(null)}
            />
          </Suspense>
        </CatchBoundary>
      )}
    </div>
  );
}
