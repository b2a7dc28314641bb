import { Lock as LockIcon, LockOpen, PencilLine } from 'lucide-react';
import { useServerNow } from '../clock/server-clock.ts';
import { type Lock, lockLine, lockState } from './lock-model.ts';

/** Who edits, and for how long. Read out when it changes hands, not each second. */
export function LockLine({ lock }: { lock: Lock }) {
  const now = useServerNow();
  const state = lockState(lock, now);
  const Icon = state === 'free' ? LockOpen : state === 'other' ? LockIcon : PencilLine;
  return (
    <span
      className={`inline-flex min-h-6 items-center gap-1.5 tabular-nums ${state === 'other' || state === 'ending' ? 'font-medium text-caution' : ''}`}
    >
      <Icon size={15} aria-hidden="true" className="shrink-0" />
      {lockLine(lock, now)}
    </span>
  );
}
