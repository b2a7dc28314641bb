import { remaining } from '@signalbox/domain/run/counts';
import { isTerminal } from '@signalbox/domain/run/lifecycle';
import { Link } from '@tanstack/react-router';
import { Download, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { faultOf } from '../client/problem-model.ts';
import { useShortcut } from '../keyboard/use-shortcut.ts';
import { Button } from '../ui/button.tsx';
import { CopyAs } from '../ui/copy-as.tsx';
import { saveFile } from '../ui/save-file.ts';
import { toast } from '../ui/toasts.tsx';
import { itemsCsv } from './items-csv.ts';
import { allItems } from './items-query.ts';
import { outcomeWord } from './outcome-words.ts';
import type { RunDeeds } from './run-deeds.ts';
import type { RunView } from './run-view.ts';
import type { RunSearch } from './search.ts';

const upperFirst = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

const filters = [undefined, 'failed', 'succeeded', 'skipped', 'remaining'] as const;

interface ItemsBarProps {
  run: RunView;
  outcome: RunSearch['outcome'];
  deeds: RunDeeds;
}

/** Repeats what failed, and only that. One key away, since it is what a failure most often asks for. */
function RetryButton({ run, deeds }: Omit<ItemsBarProps, 'outcome'>) {
  const { failed } = run.counts;
  const refused = deeds.refusalOf('retry_failed_items');
  const label = failed === 1 ? 'Retry this one' : `Retry these ${failed.toLocaleString('en')}`;
  const offered = isTerminal(run.status) && failed > 0;
  const act = () => {
    if (!deeds.retry.isPending) deeds.retry.mutate();
  };
  useShortcut(
    { keys: 'shift+r', label: 'Retry the failed items', group: 'Items', when: offered && refused === null },
    act,
  );
  if (!offered) return null;
  return (
    <Button
      icon={<RotateCcw size={15} aria-hidden="true" />}
      refused={refused}
      pending={deeds.retry.isPending}
      title="Shift+R"
      onClick={act}
    >
      {label}
    </Button>
  );
}

function CsvButton({ run, outcome }: Omit<ItemsBarProps, 'deeds'>) {
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      const name = `run-${run.id}-${outcome ?? 'items'}.csv`;
      saveFile(name, [itemsCsv(await allItems(run.id, outcome))], 'text/csv');
    } catch (error) {
      toast('The items could not be read', faultOf(error).detail);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      look="quiet"
      pending={busy}
      icon={<Download size={15} aria-hidden="true" />}
      onClick={() => void save()}
    >
      CSV
    </Button>
  );
}

/** Which items are shown, and what can be done with them. */
export function ItemsBar({ run, outcome, deeds }: ItemsBarProps) {
  const left = Math.max(0, remaining(run.counts));
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-3 py-2">
      <div className="flex flex-wrap gap-1 tabular-nums">
        {filters.map((one) => (
          <Link
            key={one ?? 'all'}
            to="."
            search={(old) => ({ ...old, tab: 'items' as const, outcome: one })}
            replace
            aria-current={one === outcome ? 'true' : undefined}
            // What is shown decides, not the address: the page opens on the failed items by itself.
            activeProps={{ 'aria-current': one === outcome ? 'true' : undefined }}
            className={`inline-flex h-7 items-center gap-1.5 rounded-md px-2 text-sm hover:bg-hover ${one === outcome ? 'bg-accent-soft font-medium text-ink' : 'text-muted'}`}
          >
            {one === undefined ? 'All' : upperFirst(outcomeWord(run.operation, one))}
            <span className="text-faint">
              {one === undefined ? run.counts.total : one === 'remaining' ? left : run.counts[one]}
            </span>
          </Link>
        ))}
      </div>
      <div className="flex flex-wrap items-center gap-1 md:ml-auto">
        <CsvButton run={run} outcome={outcome} />
        <CopyAs call={() => ({ method: 'GET', path: `/v1/runs/${run.id}/items`, query: { outcome } })} link />
        <RetryButton run={run} deeds={deeds} />
      </div>
    </div>
  );
}
