import { getRouteApi } from '@tanstack/react-router';
import { Columns3, PanelRight } from 'lucide-react';
import { lazy } from 'react';
import { Button } from '../ui/button.tsx';
import { CopyAs } from '../ui/copy-as.tsx';
import { LazyMenu } from '../ui/lazy-menu.tsx';
import { columnsText } from './runs-columns.tsx';
import type { ColumnName, listInput, RunsSearch } from './runs-search.ts';

const route = getRouteApi('/w/$ws/runs');
const ColumnsMenu = lazy(async () => ({ default: (await import('./columns-menu.tsx')).ColumnsMenu }));

interface RunsToolsProps {
  search: RunsSearch;
  columns: readonly ColumnName[];
  input: ReturnType<typeof listInput>;
  /** The run whose panel is open, and the one the list is at. */
  peeked: number | null;
  at: number | null;
  onPeek: (id: number | null) => void;
}

/** What can be done with the list as a whole. */
export function RunsTools({ columns, input, peeked, at, onPeek }: RunsToolsProps) {
  const navigate = route.useNavigate();
  const change = (next: readonly ColumnName[] | null) =>
    void navigate({
      search: (old) => ({ ...old, cols: next === null ? undefined : columnsText(next) }),
      replace: true,
      resetScroll: false,
    });
  const refused = peeked === null && at === null ? 'Go to a run of the list first, with j or Tab.' : null;
  return (
    <>
      <Button
        look="quiet"
        icon={<PanelRight size={15} aria-hidden="true" />}
        aria-pressed={peeked !== null}
        refused={refused}
        onClick={() => onPeek(peeked === null ? at : null)}
      >
        Peek
      </Button>
      <LazyMenu
        menu={ColumnsMenu}
        given={{ columns, onChange: change }}
        trigger={
          <Button look="quiet" icon={<Columns3 size={15} aria-hidden="true" />} className="max-md:hidden">
            Columns
          </Button>
        }
      />
      <CopyAs link call={() => ({ method: 'GET', path: '/v1/runs', query: { ...input } })} />
    </>
  );
}
