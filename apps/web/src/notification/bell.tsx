import { useQuery } from '@tanstack/react-query';
import { CatchBoundary, useMatch } from '@tanstack/react-router';
import { Bell as BellIcon } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useLiveEvents, usePollWhenDown } from '../live/use-live.ts';
import { IconButton } from '../ui/button.tsx';
import { numericId } from '../ui/numeric-id.ts';
import { badgeText, bellName } from './arrivals-model.ts';
import { noticesQuery, refreshNotices } from './notices-query.ts';
import { useArrivals } from './use-arrivals.tsx';
import { useReadOnOpen } from './use-read-on-open.ts';

const Panel = lazy(async () => ({ default: (await import('./panel.tsx')).NoticesPanel }));

/** What the person was told of their runs: how much is unread, and behind it the list. */
export function Bell({ ws }: { ws: string }) {
  const { data } = useQuery({ ...noticesQuery(), refetchInterval: usePollWhenDown() });
  const match = useMatch({ from: '/w/$ws/runs/$runId', shouldThrow: false });
  const openRun = match === undefined ? null : numericId(match.params.runId);
  const [asked, setAsked] = useState(false);
  useLiveEvents((event) => {
    if (event.kind !== 'notification') return;
    if (!data?.items.some(({ id }) => id === event.id)) void refreshNotices();
  });
  useArrivals(data?.items, openRun);
  useReadOnOpen(data, openRun);
  const unread = data?.unread ?? 0;
  const trigger = (
    <IconButton
      label={bellName(unread)}
      className="relative"
      aria-haspopup="dialog"
      {...(!asked && { 'aria-expanded': false, onClick: () => setAsked(true) })}
    >
      <BellIcon size={18} aria-hidden="true" />
      {unread > 0 && (
        <span
          aria-hidden="true"
          className="absolute -top-0.5 left-1/2 min-w-4 rounded-full bg-accent px-1 text-center text-2xs leading-4 font-semibold text-on-accent tabular-nums"
        >
          {badgeText(unread)}
        </span>
      )}
    </IconButton>
  );
  if (!asked) return trigger;
  return (
    <CatchBoundary getResetKey={() => 'bell'} errorComponent={() => trigger}>
      <Suspense fallback={trigger}>
        <Panel ws={ws} trigger={trigger} />
      </Suspense>
    </CatchBoundary>
  );
}
