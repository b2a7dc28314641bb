import type { UsageReport } from '@signalbox/contracts/workspace/get-usage-report';
import { tierLabels } from '@signalbox/domain/workspace/tiers';
import { Check } from 'lucide-react';
import { useCan } from '../access/session.ts';
import { ActionButton } from '../run/action-button.tsx';
import { atTheLimit } from './usage-model.ts';

/** Why this person cannot change the tier; null when they can. */
function refusal(usage: UsageReport, may: boolean): string | null {
  if (usage.tierChangedBy === 'secret')
    return 'Another system sets the tier here, with a secret of its own. Nobody can change it in the console.';
  return may ? null : 'You lack the capability workspace.tier. Owners hold it.';
}

/** Which tier it is, what each gives, and what happens at the limit. */
export function TierPanel({ usage, onChange }: { usage: UsageReport; onChange: () => void }) {
  const refused = refusal(usage, useCan('workspace.tier'));
  return (
    <section aria-label="Tier" className="panel min-w-0 p-5">
      <div className="flex items-center justify-between gap-3">
        <h2 className="text-base font-semibold">{tierLabels[usage.tier]} tier</h2>
        <ActionButton size="small" refused={refused} onClick={onChange}>
          Change tier
        </ActionButton>
      </div>
      <table className="mt-3 w-full text-left">
        <thead>
          <tr className="eyebrow border-b border-line">
            <th scope="col" className="py-1.5 font-medium">
              Tier
            </th>
            <th scope="col" className="py-1.5 text-right font-medium">
              Runs a month
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {usage.limits.map(({ tier, runsPerMonth }) => (
            <tr key={tier} className={tier === usage.tier ? 'font-semibold' : 'text-muted'}>
              <th scope="row" className="py-2 font-[inherit]">
                <span className="inline-flex items-center gap-1.5">
                  {tierLabels[tier]}
                  {tier === usage.tier && (
                    <>
                      <Check size={15} aria-hidden="true" className="text-clear" />
                      <span className="sr-only">(this workspace)</span>
                    </>
                  )}
                </span>
              </th>
              <td className="py-2 text-right tabular-nums">{runsPerMonth.toLocaleString('en')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3 className="eyebrow mt-4">What counts</h3>
      <p className="mt-1 text-sm text-muted">
        Deployments: creating one, and replaying one. Backups, restores, checks and everything else do not.
      </p>
      <h3 className="eyebrow mt-4">At the limit</h3>
      <p className="mt-1 text-sm text-muted">{atTheLimit}</p>
    </section>
  );
}
