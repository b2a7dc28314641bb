import { Check, Copy } from 'lucide-react';
import { Button } from './button.tsx';
import { useCopy } from './use-copy.ts';

/** Copies text that is made when it is asked for. */
export function CopyButton({ text, children }: { text: () => string; children: string }) {
  const { copied, copy } = useCopy();
  const icon = copied ? <Check size={15} aria-hidden="true" /> : <Copy size={15} aria-hidden="true" />;
  return (
    <Button look="quiet" icon={icon} onClick={() => copy(text())}>
      <span aria-live="polite">{copied ? 'Copied' : children}</span>
    </Button>
  );
}
