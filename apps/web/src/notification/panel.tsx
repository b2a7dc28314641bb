import { Popover } from '@base-ui/react/popover';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactElement, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { FaultView } from '../ui/fault-view.tsx';
import { SkeletonBlock } from '../ui/skeleton.tsx';
import { NoticeRow } from './notice-row.tsx';
import { noticesQuery, readAllUpTo, refreshNotices } from './notices-query.ts';

interface NoticesPanelProps {
  ws: string;
  trigger: ReactElement<Record<string, unknown>>;
}

/** The bell with its list, open from the beginning: it is loaded when it is first asked for. */
export function NoticesPanel({ ws, trigger }: NoticesPanelProps) {
  const [open, setOpen] = useState(true);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger render={trigger} />
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="end" collisionPadding={8} className="z-40 outline-none">
          <Popover.Popup className="arriving panel flex max-h-[min(36rem,var(--available-height))] w-104 max-w-[calc(100vw-1rem)] flex-col shadow-pop outline-none">
            <Contents ws={ws} onLeave={() => setOpen(false)} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Contents({ ws, onLeave }: { ws: string; onLeave: () => void }) {
  const { data, error } = useQuery(noticesQuery());
  const newest = data?.items[0]?.id;
  const readAll = useMutation({ mutationFn: readAllUpTo });
  const nothingUnread = data?.unread === 0 ? 'Nothing is unread.' : null;
  return (
    <>
      <div className="flex min-h-12 items-center justify-between gap-4 border-b border-line pr-2 pl-4">
        <Popover.Title className="text-base font-semibold">Notifications</Popover.Title>
        {newest !== undefined && (
          <Button
            look="quiet"
            size="small"
            refused={nothingUnread}
            pending={readAll.isPending}
            onClick={() => readAll.mutate(newest)}
          >
            Mark all as read
          </Button>
        )}
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {data === undefined && error === null && (
          <div className="late grid gap-2 p-4">
            <SkeletonBlock className="h-14" />
            <SkeletonBlock className="h-14" />
          </div>
        )}
        {data === undefined && error !== null && (
          <FaultView error={error} onRetry={() => void refreshNotices()} />
        )}
        {data?.items.length === 0 && (
          <p className="px-4 py-8 text-center text-sm text-muted">
            Nothing yet. When a run you start has ended, you are told here, and nobody else is.
          </p>
        )}
        {data !== undefined && data.items.length > 0 && (
          <ul aria-label="Your runs that ended" className="divide-y divide-line">
            {data.items.map((notice) => (
              <NoticeRow key={notice.id} notice={notice} onLeave={onLeave} />
            ))}
          </ul>
        )}
      </div>
      <div className="border-t border-line px-4 py-2 text-sm">
        <Link to="/w/$ws/runs" params={{ ws }} search={{ by: 'me' }} className="link" onClick={onLeave}>
          All runs of mine
        </Link>
      </div>
    </>
  );
}
