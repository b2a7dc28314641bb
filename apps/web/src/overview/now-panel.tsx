import type { OverviewNow } from '@signalbox/contracts/overview/get-overview';
import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { StepLink } from '../ui/step-link.tsx';
import { Duration } from '../ui/time.tsx';
import { UsageBar, UsageLevel } from '../workspace/usage-bar.tsx';
import { Panel } from './panel.tsx';
import { Sparkline } from './sparkline.tsx';
import { rateText, sparkFacts } from './sparkline-model.ts';
import { useOverviewPart } from './use-overview.ts';

function Figure({ label, href, children }: { label: string; href: string | undefined; children: ReactNode }) {
  return (
    <div className="relative flex flex-col-reverse justify-end gap-0.5 px-4 py-3 hover:bg-hover has-focus-visible:bg-hover">
      <dt className="eyebrow">{label}</dt>
      <dd className="text-2xl font-semibold tracking-tight tabular-nums">
        {href === undefined ? (
          children
        ) : (
          <StepLink href={href} className="after:absolute after:inset-0">
            {children}
          </StepLink>
        )}
      </dd>
    </div>
  );
}

function Count({ of }: { of: OverviewNow['running'] }) {
  return `${of.count.toLocaleString('en')}${of.more ? '+' : ''}`;
}

function Throughput({ counts }: { counts: readonly number[] }) {
  return (
    <>
      <div className="mt-2">
        <Sparkline counts={counts} />
      </div>
      <div className="mt-1 flex justify-between text-2xs text-faint" aria-hidden="true">
        <span>60 min ago</span>
        <span>now</span>
      </div>
      <Minutes counts={counts} />
    </>
  );
}

function Minutes({ counts }: { counts: readonly number[] }) {
  const busy = counts.flatMap((n, at) => (n === 0 ? [] : [{ n, ago: counts.length - 1 - at }])).reverse();
  if (busy.length === 0) return null;
  return (
    <details className="group mt-2 text-sm text-muted">
      <summary className="-ml-1 inline-flex min-h-6 cursor-pointer items-center gap-1 rounded-sm pr-1 hover:text-ink">
        <ChevronRight size={14} aria-hidden="true" className="group-open:rotate-90" />
        Numbers by minute
      </summary>
      <ul className="mt-1 grid max-h-40 grid-cols-[repeat(auto-fill,minmax(7.5rem,1fr))] gap-x-4 overflow-y-auto tabular-nums">
        {busy.map(({ n, ago }) => (
          <li key={ago} className="flex justify-between gap-2">
            <span className="text-faint">{ago === 0 ? 'just now' : `${ago} min ago`}</span>
            <span>{n}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Figures({ now }: { now: OverviewNow }) {
  const { perMinute, most } = sparkFacts(now.endedPerMinute);
  const { oldestQueued, workers } = now;
  return (
    <>
      <dl className="grid grid-cols-2 gap-px bg-line *:bg-surface">
        <Figure label="Running" href={now.running.href}>
          <Count of={now.running} />
        </Figure>
        <Figure label="Queued" href={now.queued.href}>
          <Count of={now.queued} />
        </Figure>
        <Figure label="Oldest queued for" href={oldestQueued?.href}>
          {oldestQueued === undefined ? (
            <span className="text-faint">—</span>
          ) : (
            <Duration from={oldestQueued.createdAt} to={null} />
          )}
        </Figure>
        <Figure label="Workers alive" href={workers.href}>
          <span className={workers.count === 0 ? 'text-stop' : ''}>
            {workers.count === 0 ? 'None' : workers.count}
          </span>
        </Figure>
      </dl>
      <div className="border-t border-line px-4 py-3">
        <p className="mb-1.5 flex flex-wrap items-baseline justify-between gap-x-3">
          <StepLink href={now.usage.href} className="link font-medium tabular-nums">
            {now.usage.runs.toLocaleString('en')} of {now.usage.limit.toLocaleString('en')} runs used
          </StepLink>
          {now.usage.level === 'within' ? (
            <span className="text-sm text-muted">this month</span>
          ) : (
            <UsageLevel level={now.usage.level} />
          )}
        </p>
        <UsageBar {...now.usage} />
      </div>
      <div className="border-t border-line px-4 py-3">
        <p className="flex flex-wrap items-baseline justify-between gap-x-3">
          <StepLink href={now.ended.href} className="link font-medium tabular-nums">
            <Count of={now.ended} /> ended in the last hour
          </StepLink>
          <span className="text-sm text-muted tabular-nums">
            {rateText(perMinute)} per minute{most > 0 && `, at most ${most} in one`}
          </span>
        </p>
        {now.ended.count > 0 && <Throughput counts={now.endedPerMinute} />}
      </div>
    </>
  );
}

/** How busy it is. Every number leads to the list that produces it. */
export function NowPanel() {
  const query = useOverviewPart('now');
  return (
    <Panel title="Now" query={query} rows={5} className="lg:col-start-2 lg:row-span-3 lg:row-start-1">
      {({ now }) => now !== undefined && <Figures now={now} />}
    </Panel>
  );
}
