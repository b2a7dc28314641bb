import { Button } from '../ui/button.tsx';
import { countWords, useRunCounts } from './runs-facets.tsx';
import type { filterInput } from './runs-search.ts';
import type { Selection } from './selection-model.ts';

interface SelectAllProps {
  selection: Selection;
  pageIsChosen: boolean;
  filter: ReturnType<typeof filterInput>;
  onAll: () => void;
}

/** Offers to choose all that match, once the page is chosen. */
export function SelectAll({ selection, pageIsChosen, filter, onAll }: SelectAllProps) {
  const counts = useRunCounts(filter, pageIsChosen);
  const total = counts.data?.total;
  const all = total === undefined ? 'all matching runs' : `all ${countWords(total)} matching runs`;
  if (selection.kind === 'filter') return null;
  if (!pageIsChosen || (total?.exact && total.count <= selection.ids.length)) return null;
  return (
    <div className="panel flex flex-wrap items-center gap-2 px-3 py-1.5 text-sm shadow-pop">
      All runs of this page are chosen.
      <Button look="quiet" size="small" onClick={onAll}>
        Choose {all}
      </Button>
    </div>
  );
}
