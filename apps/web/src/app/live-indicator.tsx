import { Pause, Play } from 'lucide-react';
import { formatClock } from '../clock/format-time.ts';
import type { LiveWord } from '../live/live-model.ts';
import { setPaused } from '../live/live-stream.ts';
import { useLiveStatus } from '../live/use-live.ts';
import { usePreferences } from '../preferences/use-preferences.ts';

const lamps: Record<LiveWord, string> = {
  Live: 'bg-clear',
  Paused: 'border-2 border-lunar',
  Connecting: 'border-2 border-idle',
  Reconnecting: 'bg-caution',
  Stale: 'bg-stop',
};

/** How fresh the page is, with the pause that holds everything still. */
export function LiveIndicator() {
  const { word, since } = useLiveStatus();
  const { time } = usePreferences();
  const paused = word === 'Paused';
  const zone = time === 'utc' ? 'utc' : 'local';
  return (
    <div className="flex items-center rounded-md border border-line">
      <span className="flex items-center gap-2 pl-2.5 text-sm text-muted">
        <span aria-hidden="true" className={`size-2 rounded-full ${lamps[word]}`} />
        <span className={word === 'Live' ? 'max-sm:sr-only' : ''}>
          {word}
          {since !== null && word !== 'Reconnecting' && ` since ${formatClock(since, zone)}`}
        </span>
      </span>
      <button
        type="button"
        title={paused ? 'Let the page move again' : 'Hold the page still'}
        aria-label={paused ? 'Resume live updates' : 'Pause live updates'}
        onClick={() => setPaused(!paused)}
        className="inline-flex size-8 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink"
      >
        {paused ? <Play size={15} aria-hidden="true" /> : <Pause size={15} aria-hidden="true" />}
      </button>
    </div>
  );
}
