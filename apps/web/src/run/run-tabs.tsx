import { Link } from '@tanstack/react-router';
import { type ComponentType, lazy, Suspense } from 'react';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { countedBy } from './counted-model.ts';
import type { RunView } from './run-view.ts';
import type { RunTab } from './search.ts';
import type { TabProps } from './tab-props.ts';

/** Each part is loaded when it is first opened, and asks the server for nothing while another one is shown. */
const parts: Record<RunTab, { readonly label: string; readonly Part: ComponentType<TabProps> }> = {
  timeline: {
    label: 'Timeline',
    Part: lazy(async () => ({ default: (await import('./timeline-tab.tsx')).TimelineTab })),
  },
  items: {
    label: 'Items',
    Part: lazy(async () => ({ default: (await import('./items-tab.tsx')).ItemsTab })),
  },
  log: {
    label: 'Log',
    Part: lazy(async () => ({ default: (await import('./log-tab.tsx')).LogTab })),
  },
  data: {
    label: 'Input and output',
    Part: lazy(async () => ({ default: (await import('./data-tab.tsx')).DataTab })),
  },
  preview: {
    label: 'Preview',
    Part: lazy(async () => ({ default: (await import('./preview-tab.tsx')).PreviewTab })),
  },
  audit: {
    label: 'Audit',
    Part: lazy(async () => ({ default: (await import('./audit-tab.tsx')).AuditTab })),
  },
  raw: {
    label: 'Raw',
    Part: lazy(async () => ({ default: (await import('./raw-tab.tsx')).RawTab })),
  },
};

/** Whether a run found out what a restore would do. */
export function hasPreview(run: RunView): boolean {
  return run.operation === 'restore_preview' && run.status === 'succeeded';
}

/** The parts this run has; what was found out comes first. */
export function tabsOf(run: RunView): readonly RunTab[] {
  const all = ['timeline', 'items', 'log', 'data', 'audit', 'raw'] as const;
  // What is only counted has no results to list.
  const common = countedBy(run.operation) === null ? all : all.filter((tab) => tab !== 'items');
  return hasPreview(run) ? ['preview', ...common] : common;
}

/** The parts of a run, one at a time. Which one is in the URL, so the tabs are links. */
export function RunTabs({ tab, ...rest }: TabProps & { tab: RunTab }) {
  const { Part } = parts[tab];
  return (
    <section aria-label="Details" className="panel flex min-w-0 flex-col">
      <nav
        aria-label="Parts of the run"
        className="flex gap-1 overflow-x-auto overflow-y-hidden border-b border-line px-2"
      >
        {tabsOf(rest.run).map((name) => (
          <Link
            key={name}
            to="."
            search={(old) => ({ ...old, tab: name, outcome: undefined })}
            replace
            aria-current={tab === name ? 'page' : undefined}
            className="-mb-px flex h-10 items-center border-b-2 border-transparent px-2.5 whitespace-nowrap text-muted hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-semibold aria-[current=page]:text-ink"
          >
            {parts[name].label}
          </Link>
        ))}
      </nav>
      <Suspense fallback={<SkeletonRows rows={6} />}>
        <Part key={tab} {...rest} />
      </Suspense>
    </section>
  );
}
