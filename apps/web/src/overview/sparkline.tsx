import { sparkFacts, sparkText } from './sparkline-model.ts';

const bar = 4;
const height = 32;

/** Counts by minute as a row of bars; the sentence that says the same is its name. */
export function Sparkline({ counts }: { counts: readonly number[] }) {
  const { most } = sparkFacts(counts);
  const width = counts.length * bar;
  const bars = counts.map((n, at) => {
    if (n === 0) return '';
    const tall = Math.max(3, (n / most) * (height - 2));
    return `M${at * bar + 0.5} ${height}v${-tall}h${bar - 1}v${tall}z`;
  });
  return (
    <svg
      role="img"
      aria-label={sparkText(counts)}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      className="block h-8 w-full border-b border-line-strong text-accent"
    >
      <path d={bars.join('')} fill="currentColor" />
    </svg>
  );
}
