import type { ComplianceSnapshot } from '@signalbox/contracts/inventory/compliance-snapshot';
import { type ComplianceShare, complianceShares } from './compliance-model.ts';

const fills: Record<ComplianceShare['tone'], string> = {
  clear: 'bg-clear',
  caution: 'bg-caution',
  stop: 'bg-stop',
  idle: 'bg-idle',
};

/** Devices by state: the numbers, and the same as a bar for the eye. */
export function ComplianceBar({ snapshot }: { snapshot: ComplianceSnapshot }) {
  const shares = complianceShares(snapshot.states);
  return (
    <div className="grid gap-2">
      <div
        aria-hidden="true"
        className="flex h-2.5 gap-0.5 overflow-hidden rounded-full bg-sunken ring-1 ring-line"
      >
        {shares.map(({ state, share, tone }) => (
          <span key={state} className={`min-w-1 ${fills[tone]}`} style={{ width: `${share * 100}%` }} />
        ))}
      </div>
      <ul aria-label="Devices by state" className="flex flex-wrap gap-x-5 gap-y-1 text-sm tabular-nums">
        {shares.map(({ state, label, count, tone }) => (
          <li key={state} className="inline-flex items-center gap-1.5">
            <span aria-hidden="true" className={`size-2.5 rounded-xs ${fills[tone]}`} />
            {count.toLocaleString('en')} {label}
          </li>
        ))}
      </ul>
    </div>
  );
}
