import type { RunStatus } from '@signalbox/domain/run/lifecycle';
import { TermLink } from '../ui/term-link.tsx';
import { StatusIcon } from './status-icon.tsx';
import { statusView } from './status-model.ts';
import { toneInk } from './tone-ink.ts';

interface StatusProps {
  status: RunStatus;
  /** The reason code of a run that waits. */
  waitCause?: string | null;
  /** A few words after the status: the reason, or "2 of 40 failed". */
  note?: string | null;
  /** `large` heads a page; `plain` stands in a table row. */
  size?: 'plain' | 'large';
  /** In a list the meaning is a plain title, so that a page of rows does not become a page of tab stops. */
  meaning?: 'hint' | 'title';
}

/** The one way the console shows the status of a run: shape, word and colour, and what it means, with the glossary behind it. */
export function Status({
  status,
  waitCause = null,
  note = null,
  size = 'plain',
  meaning = 'hint',
}: StatusProps) {
  const view = statusView(status, waitCause);
  const large = size === 'large';
  const sign = (
    <span
      title={meaning === 'title' ? view.meaning : undefined}
      className={`inline-flex items-center gap-1.5 font-medium whitespace-nowrap ${toneInk[view.tone]} ${large ? 'text-lg' : ''}`}
    >
      <StatusIcon shape={view.shape} size={large ? 20 : 16} />
      {view.word}
    </span>
  );
  return (
    <span className="inline-flex min-w-0 items-center gap-2">
      {meaning === 'hint' ? (
        <TermLink term={`status-${status}`} meaning={view.meaning}>
          {sign}
        </TermLink>
      ) : (
        sign
      )}
      {note !== null && <span className="truncate text-sm text-muted">{note}</span>}
    </span>
  );
}
