import type { AuditVerdict } from '@signalbox/contracts/observability/verify-audit';
import { ShieldAlert, ShieldCheck, X } from 'lucide-react';
import { api } from '../client/api.ts';
import { IconButton } from '../ui/button.tsx';
import { Id } from '../ui/id.tsx';
import { Time } from '../ui/time.tsx';

/** Verifies the whole log, part after part. `onPart` hears how many entries were found sound so far. */
export async function verifyWhole(
  onPart: (entries: number) => void,
  signal: AbortSignal,
): Promise<AuditVerdict> {
  for (let cursor: string | null = null; ; ) {
    const verdict: AuditVerdict = await api.audit.verify.query(cursor === null ? {} : { cursor }, { signal });
    if (verdict.nextCursor === null) return verdict;
    onPart(verdict.entries);
    cursor = verdict.nextCursor;
  }
}

const counted = (count: number, one: string, many: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** What a verification found. */
export function Verdict({ verdict, onClose }: { verdict: AuditVerdict; onClose: () => void }) {
  const { outcome, entries, seals, head, fault, unsealed, oldestUnsealed } = verdict;
  const broken = outcome === 'broken';
  const Sign = broken ? ShieldAlert : ShieldCheck;
  const sound = `${counted(entries, 'entry', 'entries')} in ${counted(seals, 'seal', 'seals')}`;
  return (
    <section
      aria-label="Verification"
      className={`panel flex items-start gap-3 border-l-4 px-4 py-3 ${broken ? 'border-l-stop' : 'border-l-clear'}`}
    >
      <Sign
        size={19}
        className={`mt-0.5 shrink-0 ${broken ? 'text-stop' : 'text-clear'}`}
        aria-hidden="true"
      />
      <div role={broken ? 'alert' : 'status'} className="grid min-w-0 flex-1 gap-1">
        <p>
          <strong className="font-semibold">
            {broken ? 'The log was tampered with.' : 'The log is intact.'}
          </strong>{' '}
          {broken
            ? `${fault?.message ?? ''} Sound before it: ${sound}.`
            : `${sound}, all as they were sealed.`}
        </p>
        {head !== null && (
          <p className="flex flex-wrap items-center gap-x-2 text-sm text-muted">
            Head: seal {head.number}
            <Id id={`${head.number}:${head.digest}`} label="Copy head" most={26} />
            {!broken && 'Keep it outside of Signalbox: it shows later whether the log was cut off.'}
          </p>
        )}
        {unsealed > 0 && (
          <p className="text-sm text-muted">
            {counted(unsealed, 'entry is', 'entries are')} not sealed yet
            {oldestUnsealed !== undefined && (
              <>
                , the oldest <Time at={oldestUnsealed} />
              </>
            )}
            . A worker seals each second.
          </p>
        )}
      </div>
      <IconButton label="Close the result" onClick={onClose}>
        <X size={16} aria-hidden="true" />
      </IconButton>
    </section>
  );
}
