import type { PreviewItem } from '@signalbox/contracts/backup/restore-preview';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { FilePen, FilePlus2, Minus, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { trpc } from '../client/api.ts';
import { kindLabel } from '../operation/kind-label.ts';
import { buttonClass } from '../ui/button.tsx';
import { FaultView } from '../ui/fault-view.tsx';
import { ScrollBox } from '../ui/scroll-box.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import type { RunView } from './run-view.ts';

const changes: Record<PreviewItem['change'], { word: string; tone: string; icon: ReactNode }> = {
  create: { word: 'create', tone: 'text-clear', icon: <FilePlus2 size={15} aria-hidden="true" /> },
  update: { word: 'update', tone: 'text-accent', icon: <FilePen size={15} aria-hidden="true" /> },
  skip: { word: 'no change', tone: 'text-idle', icon: <Minus size={15} aria-hidden="true" /> },
  conflict: { word: 'conflict', tone: 'text-caution', icon: <TriangleAlert size={15} aria-hidden="true" /> },
};

/** What a restore would do to each item, and the way to do it. */
export function PreviewTab({ run, ws }: { run: RunView; ws: string }) {
  const query = useQuery(trpc.run.preview.queryOptions({ id: run.id }));
  if (query.isPending) return <SkeletonRows rows={6} />;
  if (query.data === undefined) return <FaultView error={query.error} onRetry={() => void query.refetch()} />;
  const { preview, items } = query.data;
  const { create, update, skip, conflict } = preview.counts;
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3 border-b border-line px-4 py-2.5">
        <p>
          A restore of <strong className="font-semibold">{preview.backupSetName}</strong> would create{' '}
          {create}, update {update} and leave {skip} as they are; {conflict} in conflict.
          {!preview.fresh && (
            <span className="block text-sm font-medium text-caution">
              Out of date: something has changed since, so a restore from it is refused.
            </span>
          )}
        </p>
        <Link
          to="/w/$ws/start"
          params={{ ws }}
          search={{
            operation: 'restore_execute',
            tenant: String(preview.tenant.id),
            preview: String(preview.runId),
          }}
          className={buttonClass(preview.fresh ? 'primary' : 'plain')}
        >
          Restore from this preview
        </Link>
      </div>
      <ScrollBox
        aria-label="Previewed items"
        className="max-h-[max(20rem,calc(100dvh-18rem))] overflow-y-auto"
      >
        <ul className="divide-y divide-line">
          {items.map((item) => {
            const { word, tone, icon } = changes[item.change];
            return (
              <li key={item.itemId} className="grid gap-x-4 px-4 py-2 sm:grid-cols-[7rem_minmax(0,1fr)_auto]">
                <span className={`inline-flex items-center gap-1.5 text-sm font-medium ${tone}`}>
                  {icon}
                  {word}
                </span>
                <span className="min-w-0">
                  {item.name}
                  {item.reason && <span className="block text-sm text-muted">{item.reason}</span>}
                  {item.changed.length > 0 && (
                    <span className="block font-mono text-xs break-all text-faint">
                      {item.changed.join(', ')}
                    </span>
                  )}
                  {item.unknownGroups && item.unknownGroups.length > 0 && (
                    <span className="block text-sm text-caution">
                      Groups the tenant does not have: {item.unknownGroups.join(', ')}
                    </span>
                  )}
                </span>
                <span className="text-sm text-faint">{kindLabel(item.kind)}</span>
              </li>
            );
          })}
        </ul>
      </ScrollBox>
    </>
  );
}
