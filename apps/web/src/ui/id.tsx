import { Check, Copy } from 'lucide-react';
import { Hint } from './hint.tsx';
import { shortenId } from './id-model.ts';
import { useCopy } from './use-copy.ts';

/** An id: mono, shortened in the middle, whole on hover and focus, copied by a click. */
export function Id({ id, label = 'Copy id', most = 14 }: { id: string; label?: string; most?: number }) {
  const { copied, copy } = useCopy();
  const button = (
    <button
      type="button"
      aria-label={`${shortenId(id, most)}, ${label.toLowerCase()}`}
      onClick={() => copy(id)}
      className="group/id inline-flex min-h-6 items-center gap-1 rounded-sm font-mono text-xs text-muted hover:text-ink"
    />
  );
  return (
    <Hint on={button} text={<span className="font-mono text-xs break-all">{copied ? 'Copied' : id}</span>}>
      {shortenId(id, most)}
      {copied ? (
        <Check size={13} className="text-clear" aria-hidden="true" />
      ) : (
        <Copy
          size={12}
          className="opacity-50 group-hover/id:opacity-100 group-focus-visible/id:opacity-100"
          aria-hidden="true"
        />
      )}
    </Hint>
  );
}
