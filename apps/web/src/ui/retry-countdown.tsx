import { useEffect, useEffectEvent, useState } from 'react';
import { isPaused } from '../live/live-stream.ts';
import { Button } from './button.tsx';

interface RetryCountdownProps {
  /** How long to wait, s. */
  seconds: number;
  /** Asks again; called by itself when the time is up. Without it the person asks again. */
  onRetry: (() => void) | undefined;
}

/** Counts down to the moment a question may be asked again, and asks it. A pause holds it like everything else. */
export function RetryCountdown({ seconds, onRetry }: RetryCountdownProps) {
  const [left, setLeft] = useState(Math.ceil(seconds));
  const retry = useEffectEvent(() => onRetry?.());
  useEffect(() => {
    const until = Date.now() + seconds * 1_000;
    const timer = setInterval(() => {
      const rest = Math.max(0, Math.ceil((until - Date.now()) / 1_000));
      setLeft(rest);
      if (rest > 0) return;
      clearInterval(timer);
      if (!isPaused()) retry();
    }, 250);
    return () => clearInterval(timer);
  }, [seconds]);
  return (
    <span className="inline-flex flex-wrap items-center gap-x-3 gap-y-1">
      {/* Not read out each second: the sentence beside it stands still. */}
      <span aria-hidden="true" className="text-sm tabular-nums text-muted">
        {left === 0 ? 'Possible again now' : `${onRetry ? 'Trying again' : 'Possible again'} in ${left} s`}
      </span>
      <span className="sr-only">
        {onRetry
          ? `Tries again by itself after ${Math.ceil(seconds)} seconds.`
          : `Possible again after ${Math.ceil(seconds)} seconds.`}
      </span>
      {onRetry && <Button onClick={onRetry}>Try now</Button>}
    </span>
  );
}
