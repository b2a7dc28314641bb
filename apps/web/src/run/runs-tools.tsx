import { getRouteApi } from '@tanstack/react-router';
import { Columns3 } from 'lucide-react';
import { lazy } from 'react';
import { Button } from '../ui/button.tsx';
import { CopyAs } from '../ui/copy-as.tsx';
import { LazyMenu } from '../ui/lazy-menu.tsx';
import { columnsText } from './runs-columns.tsx';
import type { ColumnName, listInput } from './runs-search.ts';

const route = getRouteApi('/w/$ws/runs');
const ColumnsMenu = lazy(async () => ({ default: (await import('./columns-menu.tsx')).ColumnsMenu }));

interface RunsToolsProps {
  columns: readonly ColumnName[];
  input: ReturnType<typeof listInput>;
}

/** What can be done with the list as a whole. */
export function RunsTools({ columns, input }: RunsToolsProps) {
  const navigate = route.useNavigate();
  const change = (next: readonly ColumnName[] | null) =>
    void navigate({
      search: (old) => ({ ...old, cols: next === null ? undefined : columnsText(next) }),
      replace: true,
      resetScroll: false,
    });
  return (
    <>
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
