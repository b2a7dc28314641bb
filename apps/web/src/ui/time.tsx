import { formatAbsolute, formatDuration, formatRelative } from '../clock/format-time.ts';
import { useServerNow } from '../clock/server-clock.ts';
import { usePreferences } from '../preferences/use-preferences.ts';
import { Hint } from './hint.tsx';

function Ticking({ at }: { at: number }) {
  return formatRelative(at, useServerNow());
}

/**
 * A moment of the server's clock: relative, local or UTC as the person chose. The absolute time is a hint on hover,
 * and outside lists (`hinted`) on focus too.
 */
export function Time({ at, hinted = false }: { at: string; hinted?: boolean }) {
  const { time } = usePreferences();
  const ms = Date.parse(at);
  const zone = time === 'utc' ? 'utc' : 'local';
  const shown = (
    <time
      dateTime={at}
      className="whitespace-nowrap tabular-nums"
      title={hinted ? undefined : formatAbsolute(ms, zone)}
    >
      {time === 'relative' ? <Ticking at={ms} /> : formatAbsolute(ms, zone)}
    </time>
  );
  if (!hinted) return shown;
  const text = (
    <span className="font-mono text-xs">
      {formatAbsolute(ms, 'local')}
      <br />
      {formatAbsolute(ms, 'utc')}
    </span>
  );
  return <Hint text={text}>{shown}</Hint>;
}

function TickingDuration({ since }: { since: number }) {
  const elapsed = Math.max(0, useServerNow() - since);
  // A running duration counts whole seconds; tenths would flicker.
  return formatDuration(Math.floor(elapsed / 1_000) * 1_000);
}

/** How long something took, or has taken so far. Both ends are the server's. */
export function Duration({ from, to }: { from: string; to: string | null }) {
  const since = Date.parse(from);
  return (
    <span className="whitespace-nowrap tabular-nums">
      {to === null ? <TickingDuration since={since} /> : formatDuration(Date.parse(to) - since)}
    </span>
  );
}
