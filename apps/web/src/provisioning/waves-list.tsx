import { operationsWord } from './batch-words.ts';
import { namesLine } from './item-model.ts';

/** Waves that are listed; the rest is counted. */
const most = 20;

/** The waves in words: what can begin together, one behind the other. */
export function WavesList({ waves }: { waves: readonly (readonly string[])[] }) {
  if (waves.length === 0) return null;
  return (
    <ol aria-label="Waves" className="grid gap-1.5 border-t border-line px-4 py-3 text-sm">
      {waves.slice(0, most).map((wave, at) => (
        <li key={wave[0] ?? at} className="grid gap-x-4 sm:grid-cols-[5rem_8rem_minmax(0,1fr)]">
          <span className="font-medium">Wave {at + 1}</span>
          <span className="text-muted tabular-nums">{operationsWord(wave.length)}</span>
          <span className="font-mono [overflow-wrap:anywhere] text-muted">{namesLine(wave, 8)}</span>
        </li>
      ))}
      {waves.length > most && <li className="text-muted">And {waves.length - most} more waves.</li>}
    </ol>
  );
}
