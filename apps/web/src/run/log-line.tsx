import { type MouseEvent, memo } from 'react';
import { formatClock } from '../clock/format-time.ts';
import type { LogLine } from './log-model.ts';
import { piecesOf } from './log-pieces.ts';

const levels: Record<LogLine['level'], { readonly word: string; readonly tone: string }> = {
  info: { word: '', tone: '' },
  warning: { word: 'warn', tone: 'text-caution' },
  error: { word: 'error', tone: 'text-stop' },
};

const marks = {
  match: 'rounded-xs bg-caution-soft text-ink outline outline-caution',
  redacted: 'rounded-sm border border-line-strong bg-surface px-1 text-muted',
} as const;

interface LogRowProps {
  number: number;
  /** Not here while it is being read. */
  line: LogLine | undefined;
  /** How wide the numbers are, in characters. */
  digits: number;
  wrap: boolean;
  times: 'local' | 'utc' | null;
  wanted: string | undefined;
  /** `here`: the match that was gone to; `chosen`: named by the URL. */
  mark: 'here' | 'chosen' | null;
  onNumber: (event: MouseEvent, number: number) => void;
}

const rows = {
  here: 'bg-accent-soft shadow-[inset_3px_0_var(--accent)]',
  chosen: 'bg-accent-soft shadow-[inset_3px_0_var(--accent)]',
} as const;

/** One line of a log. What stands left of the text is no part of it and is not copied with it. */
export const LogRow = memo(function LogRow(props: LogRowProps) {
  const { number, line, digits, wrap, times, wanted, mark, onNumber } = props;
  const { pieces, cut } = line === undefined ? { pieces: [], cut: 0 } : piecesOf(line.text, wanted);
  const { word, tone } = levels[line?.level ?? 'info'];
  return (
    <div
      className={`flex min-h-6 gap-3 pr-4 font-mono text-xs leading-6 hover:bg-hover ${mark === null ? '' : rows[mark]}`}
    >
      <a
        href={`#L${number}`}
        tabIndex={-1}
        aria-label={`Line ${number}`}
        onClick={(event) => onNumber(event, number)}
        className="shrink-0 pl-3 text-right text-faint no-underline select-none hover:text-accent hover:underline"
        style={{ width: `calc(${digits}ch + 0.75rem)` }}
      >
        {number}
      </a>
      {times !== null && (
        <span className="shrink-0 text-faint select-none">
          {line === undefined ? '' : formatClock(Date.parse(line.at), times)}
        </span>
      )}
      {word !== '' && <span className={`w-[5ch] shrink-0 font-semibold select-none ${tone}`}>{word}</span>}
      <span className={`min-w-0 ${wrap ? 'break-words whitespace-pre-wrap' : 'whitespace-pre'} ${tone}`}>
        {line === undefined && <span className="text-faint select-none">…</span>}
        {pieces.map((piece, at) => {
          const className = `${piece.className} ${piece.mark === null ? '' : marks[piece.mark]}`.trim();
          const Piece = piece.mark === 'match' ? 'mark' : 'span';
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a line never move
            <Piece key={at} className={className === '' ? undefined : className}>
              {piece.text}
            </Piece>
          );
        })}
        {cut > 0 && (
          <span className="ml-2 text-faint select-none">… {cut.toLocaleString('en')} more characters</span>
        )}
      </span>
    </div>
  );
});
