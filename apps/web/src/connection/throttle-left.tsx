import { useServerNow } from '../clock/server-clock.ts';
import { Time } from '../ui/time.tsx';
import { timeLeft } from './connection-model.ts';

/** How long the provider still wants to be left alone, counted down by the clock that all pages share. */
export function ThrottleLeft({ until }: { until: string }) {
  const left = timeLeft(Date.parse(until), useServerNow());
  if (left === null) return <span className="text-muted">Throttle over</span>;
  return (
    <span className="inline-flex flex-wrap gap-x-1.5 text-caution">
      <span className="font-medium">Throttled</span>
      {/* Not read out each second: when it ends stands beside it. */}
      <span aria-hidden="true" className="tabular-nums">
        for {left}
      </span>
      <span className="sr-only">
        until <Time at={until} />
      </span>
    </span>
  );
}
