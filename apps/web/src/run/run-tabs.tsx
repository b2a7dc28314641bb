import { Link } from '@tanstack/react-router';
import { DataTab } from './data-tab.tsx';
import { ItemsTab } from './items-tab.tsx';
import { LogTab } from './log-tab.tsx';
import { PreviewTab } from './preview-tab.tsx';
import type { RunView } from './run-view.ts';
import type { RunSearch } from './search.ts';

type Tab = NonNullable<RunSearch['tab']>;

interface RunTabsProps {
  run: RunView;
  ws: string;
  tab: Tab;
  outcome: RunSearch['outcome'];
}

const tabs: readonly (readonly [Tab, string])[] = [
  ['preview', 'Preview'],
  ['items', 'Items'],
  ['log', 'Log'],
  ['data', 'Input and output'],
];

/** Whether a run found out what a restore would do. */
export function hasPreview(run: RunView): boolean {
  return run.operation === 'restore_preview' && run.status === 'succeeded';
}

/** The parts of a run, one at a time. Which one is in the URL, so the tabs are links. */
export function RunTabs({ run, ws, tab, outcome }: RunTabsProps) {
  return (
    <section aria-label="Details" className="panel flex min-w-0 flex-col">
      <nav aria-label="Parts of the run" className="flex gap-1 overflow-x-auto border-b border-line px-2">
        {tabs
          .filter(([name]) => name !== 'preview' || hasPreview(run))
          .map(([name, label]) => (
            <Link
              key={name}
              to="."
              search={(old) => ({ ...old, tab: name, outcome: undefined })}
              replace
              aria-current={tab === name ? 'page' : undefined}
              className="-mb-px flex h-10 items-center border-b-2 border-transparent px-2.5 whitespace-nowrap text-muted hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-semibold aria-[current=page]:text-ink"
            >
              {label}
            </Link>
          ))}
      </nav>
      {tab === 'items' && <ItemsTab run={run} outcome={outcome} />}
      {tab === 'log' && <LogTab key={run.id} run={run} />}
      {tab === 'data' && <DataTab run={run} />}
      {tab === 'preview' && <PreviewTab run={run} ws={ws} />}
    </section>
  );
}
