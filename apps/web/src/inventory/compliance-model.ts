/** Devices in one state, as the bar and the words beside it show them. */
export interface ComplianceShare {
  readonly state: string;
  readonly label: string;
  readonly count: number;
  /** Of all devices, 0 to 1. */
  readonly share: number;
  readonly tone: 'clear' | 'caution' | 'stop' | 'idle';
}

/** The provider's words in the order of the bar, what they are called here, and how they are drawn. */
const known: Readonly<Record<string, { readonly label: string; readonly tone: ComplianceShare['tone'] }>> = {
  compliant: { label: 'compliant', tone: 'clear' },
  inGracePeriod: { label: 'in grace period', tone: 'caution' },
  noncompliant: { label: 'not compliant', tone: 'stop' },
  conflict: { label: 'conflicting policies', tone: 'stop' },
  error: { label: 'in error', tone: 'stop' },
  configManager: { label: 'judged by Configuration Manager', tone: 'idle' },
  unknown: { label: 'unknown', tone: 'idle' },
};
const order = Object.keys(known);
const place = (state: string) => (order.includes(state) ? order.indexOf(state) : order.length);

/** The states of a snapshot, the good ones first. A word of the provider that is new here is shown as it is. */
export function complianceShares(states: Readonly<Record<string, number>>): ComplianceShare[] {
  const total = Object.values(states).reduce((sum, count) => sum + count, 0);
  return Object.entries(states)
    .filter(([, count]) => count > 0)
    .sort(([a], [b]) => place(a) - place(b) || a.localeCompare(b))
    .map(([state, count]) => {
      const { label, tone } = Object.hasOwn(known, state)
        ? (known[state] ?? { label: state, tone: 'idle' })
        : { label: state, tone: 'idle' as const };
      return { state, label, count, share: count / total, tone };
    });
}

/** The share that is compliant in per cent, never rounded up to all of them; null without devices. */
export function compliantPercent({
  devices,
  states,
}: {
  readonly devices: number;
  readonly states: Readonly<Record<string, number>>;
}): string | null {
  if (devices === 0) return null;
  const compliant = states.compliant ?? 0;
  const percent = Math.floor((compliant / devices) * 1_000) / 10;
  return `${percent.toLocaleString('en', { maximumFractionDigits: 1 })} %`;
}
