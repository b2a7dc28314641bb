import { ChevronRight } from 'lucide-react';
import { writeJson } from '../operation/json-text.ts';
import { Time } from '../ui/time.tsx';
import { hintOf } from './items-hint.ts';
import { outcomeWord } from './outcome-words.ts';
import type { ItemView } from './run-view.ts';
import { StatusIcon } from './status-icon.tsx';

const signs = {
  succeeded: { shape: 'tick', tone: 'text-clear' },
  failed: { shape: 'cross', tone: 'text-stop' },
  skipped: { shape: 'bar', tone: 'text-idle' },
  remaining: { shape: 'circle', tone: 'text-faint' },
} as const;

interface ItemRowProps {
  item: ItemView;
  operation: string;
  open: boolean;
  onToggle: (key: string) => void;
}

/** One item: what became of it, why, and what the operation noted about it. */
export function ItemRow({ item, operation, open, onToggle }: ItemRowProps) {
  const outcome = item.outcome ?? 'remaining';
  const { shape, tone } = signs[outcome];
  const hint = hintOf(item);
  return (
    <div className="grid min-h-(--row) grid-cols-[1rem_minmax(0,1fr)_auto] items-baseline gap-x-3 px-4 py-2">
      <span className={`relative top-0.5 ${tone}`}>
        <StatusIcon shape={shape} />
        <span className="sr-only">
          {outcome === 'remaining' ? 'no result yet' : outcomeWord(operation, outcome)}
        </span>
      </span>
      <div className="min-w-0">
        <span className="break-words">{item.label}</span>
        {item.label !== item.key && (
          <span className="ml-2 font-mono text-xs break-all text-faint">{item.key}</span>
        )}
        {item.message && (
          <span className={`block text-sm ${item.outcome === 'failed' ? '' : 'text-muted'}`}>
            {item.message}
          </span>
        )}
        {hint !== null && <span className="block text-sm text-muted">{hint}</span>}
        {item.errorCode && <code className="block font-mono text-xs text-stop">{item.errorCode}</code>}
        {open && item.detail && (
          <pre className="mt-2 max-h-80 overflow-auto rounded-md border border-line bg-sunken p-3 font-mono text-xs leading-5 whitespace-pre-wrap">
            {writeJson(item.detail, true)}
          </pre>
        )}
      </div>
      <span className="flex items-center gap-2 text-sm text-faint">
        <span className="hidden sm:block">{item.finishedAt && <Time at={item.finishedAt} />}</span>
        {item.detail ? (
          <button
            type="button"
            aria-expanded={open}
            aria-label={`Details of ${item.label}`}
            title="Details"
            onClick={() => onToggle(item.key)}
            className="inline-flex size-6 items-center justify-center rounded-sm text-muted hover:bg-hover hover:text-ink"
          >
            <ChevronRight size={15} aria-hidden="true" className={open ? 'rotate-90' : ''} />
          </button>
        ) : (
          <span className="w-6" />
        )}
      </span>
    </div>
  );
}
