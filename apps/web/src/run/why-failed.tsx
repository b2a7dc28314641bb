import { reasonCodes } from '@signalbox/domain/gate/reasons';
import { isTerminal } from '@signalbox/domain/run/lifecycle';
import { TermLink } from '../ui/term-link.tsx';
import type { RunView } from './run-view.ts';
import { StatusIcon } from './status-icon.tsx';

/** The code of an error; where it is a reason, the glossary says more. */
function SafeErrorCode({ code }: { code: string }) {
  const shown = <code className="font-mono text-ink">{code}</code>;
  return reasonCodes.some((reason) => reason === code) ? (
    <TermLink term={`reason-${code}`}>{shown}</TermLink>
  ) : (
    shown
  );
}

/** Why a run, or items of it, failed: the code, where it was, and the causes with how often each came up. */
export function WhyFailed({ run }: { run: RunView }) {
  const { safeError, failures, attempt, currentStep, whatNext } = run;
  if (safeError === undefined || run.status === 'cancelled') return null;
  const broke = isTerminal(run.status) && failures.length === 0 && currentStep !== undefined;
  return (
    <div className="grid gap-2 text-sm">
      {!whatNext.sentence.includes(safeError.message) && <p>{safeError.message}</p>}
      {failures.length > 0 && (
        <ul className="grid gap-1.5">
          {failures.map(({ code, message, count, example }) => (
            <li key={code} className="grid grid-cols-[1rem_minmax(0,1fr)] gap-x-2">
              <span className="mt-0.5 text-stop">
                <StatusIcon shape="cross" size={14} />
              </span>
              <span className="min-w-0 [overflow-wrap:anywhere]">
                <span className="font-medium tabular-nums">{count} ×</span> {message}{' '}
                <span className="text-muted">
                  {count === 1 ? example : `such as ${example}`} ·{' '}
                  <code className="font-mono text-xs">{code}</code>
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
      <p className="text-muted">
        Code <SafeErrorCode code={safeError.code} />
        {broke && ` · at the step “${currentStep}”`}
        {attempt.most > 1 && ` · attempt ${Math.max(1, attempt.number)} of ${attempt.most}`}
      </p>
    </div>
  );
}
