import { TriangleAlert } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import type { BatchDraft } from './batch-reading.ts';

/** Problems that are listed; the rest is counted. */
const most = 20;

interface DraftProblemsProps extends Pick<BatchDraft, 'problems' | 'operations'> {
  onGo: (line: number) => void;
}

/** Everything that keeps the document from being a batch, with the way to its line. */
export function DraftProblems({ problems, operations, onGo }: DraftProblemsProps) {
  if (problems.length === 0) return null;
  return (
    <section aria-labelledby="problems" className="panel min-w-0 overflow-hidden">
      <h2
        id="problems"
        className="flex items-center gap-2 border-b border-line px-4 py-2.5 text-base font-semibold"
      >
        <TriangleAlert size={16} aria-hidden="true" className="text-stop" />
        {problems.length === 1 ? '1 problem' : `${problems.length} problems`}
      </h2>
      <ul className="grid gap-0.5 px-2 py-2 text-sm">
        {problems.slice(0, most).map(({ line, pointer, message, operations: [at] }) => (
          <li key={`${line}${pointer}${message}`} className="flex items-baseline gap-x-2">
            <Button look="quiet" size="small" className="min-w-18 justify-start" onClick={() => onGo(line)}>
              Line {line}
            </Button>
            <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
              {at !== undefined && <span className="mr-1.5 font-mono text-muted">{operations[at]?.id}</span>}
              {message}
            </span>
          </li>
        ))}
      </ul>
      {problems.length > most && (
        <p className="border-t border-line px-4 py-2 text-sm text-muted">
          And {problems.length - most} more.
        </p>
      )}
    </section>
  );
}
