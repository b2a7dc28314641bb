import { nearLimitPercent, type QuotaLevel } from '@signalbox/domain/workspace/quota';
import { OctagonX, TriangleAlert } from 'lucide-react';

/** What stands beside the bar, so that its colour is never alone. */
const levelWords: Readonly<Record<QuotaLevel, string | null>> = {
  within: null,
  near: 'Near the limit',
  reached: 'Limit reached',
};

const fills: Readonly<Record<QuotaLevel, string>> = {
  within: 'bg-accent',
  near: 'bg-caution',
  reached: 'bg-stop',
};

interface UsageBarProps {
  runs: number;
  limit: number;
  level: QuotaLevel;
}

/** How much of the limit is used, with a mark where people begin to be told. The numbers stand beside it as text. */
export function UsageBar({ runs, limit, level }: UsageBarProps) {
  const share = limit === 0 ? 100 : Math.min(100, (runs / limit) * 100);
  return (
    <div
      aria-hidden="true"
      className="relative h-2.5 overflow-hidden rounded-sm border border-line-strong bg-sunken"
    >
      <div className={`h-full ${fills[level]} forced-colors:bg-[Highlight]`} style={{ width: `${share}%` }} />
      <span className="absolute inset-y-0 w-px bg-line-strong" style={{ left: `${nearLimitPercent}%` }} />
    </div>
  );
}

/** The level in a sign and words; nothing while there is room. */
export function UsageLevel({ level }: { level: QuotaLevel }) {
  const words = levelWords[level];
  if (words === null) return null;
  const [Icon, colour] =
    level === 'near' ? ([TriangleAlert, 'text-caution'] as const) : ([OctagonX, 'text-stop'] as const);
  return (
    <span className={`inline-flex items-center gap-1.5 text-sm font-medium ${colour}`}>
      <Icon size={15} aria-hidden="true" />
      {words}
    </span>
  );
}
