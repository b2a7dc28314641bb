import { CloudOff } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { queryClient } from '../client/api.ts';
import { lostReachSince, onReach } from '../client/reach.ts';
import { formatClock } from '../clock/format-time.ts';
import { isPaused, reconnect } from '../live/live-stream.ts';
import { usePreferences } from '../preferences/use-preferences.ts';
import { Button } from '../ui/button.tsx';

function tryNow() {
  reconnect();
  void queryClient.refetchQueries({ type: 'active' });
}

/** Above a page whose server cannot be reached: since when, that nothing typed is lost, and that it tries again. */
export function OfflineBanner() {
  const since = useSyncExternalStore(onReach, lostReachSince);
  const { time } = usePreferences();
  return (
    <div role="status" className="sticky top-14 z-20">
      {since !== null && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-caution bg-caution-soft px-4 py-2 text-sm md:px-6">
          <CloudOff size={16} aria-hidden="true" className="shrink-0 text-caution" />
          <p className="min-w-0 flex-1">
            <strong className="font-semibold">No connection to the server</strong> since{' '}
            {formatClock(since, time === 'utc' ? 'utc' : 'local')}. What you see may be old; what you typed
            stays. {isPaused() ? 'Updates are paused.' : 'This page tries again by itself.'}
          </p>
          {!isPaused() && (
            <Button size="small" onClick={tryNow}>
              Try now
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
