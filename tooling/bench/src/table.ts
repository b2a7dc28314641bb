import type { Spread } from './stats.ts';

/** One line of the report: ours beside a peer of the same round. */
export interface Line {
  readonly what: string;
  readonly unit: string;
  readonly ours: Spread;
  readonly peer: string;
  readonly theirs: Spread;
  /** Ours over theirs, round by round. */
  readonly ratio: Spread;
  readonly floor: string;
}

const number = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));
const range = ({ median, min, max }: Spread): string => `${number(median)} (${number(min)}–${number(max)})`;

/** The report as a Markdown table: medians with their range. */
export function asTable(lines: readonly Line[]): string {
  const head =
    '| what | Signalbox | peer | its figure | ratio | floor |\n| --- | --- | --- | --- | --- | --- |';
  const rows = lines.map(
    (line) =>
      `| ${line.what} | ${range(line.ours)} ${line.unit} | ${line.peer} | ${range(line.theirs)} ${line.unit} | ${range(line.ratio)} | ${line.floor} |`,
  );
  return [head, ...rows].join('\n');
}
