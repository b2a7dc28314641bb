import type { AttentionItem } from '@signalbox/contracts/overview/get-overview';
import { CircleCheck, OctagonX, TriangleAlert } from 'lucide-react';
import { buttonClass } from '../ui/button.tsx';
import { StepLink } from '../ui/step-link.tsx';
import { Duration, Time } from '../ui/time.tsx';
import { Panel } from './panel.tsx';
import { useOverviewPart } from './use-overview.ts';

const signs = {
  stop: { icon: <OctagonX size={18} className="text-stop" aria-hidden="true" />, word: 'Urgent' },
  caution: { icon: <TriangleAlert size={18} className="text-caution" aria-hidden="true" />, word: 'Caution' },
} as const;

function Examples({ item }: { item: AttentionItem }) {
  if (item.examples.length === 0) return null;
  return (
    <ul className="mt-1 grid gap-x-4 text-sm">
      {item.examples.map((example) => (
        <li
          key={example.href}
          className="flex min-h-6 flex-wrap items-baseline gap-x-2 text-muted sm:flex-nowrap"
        >
          <StepLink href={example.href} className="link min-w-0 truncate">
            {example.label}
          </StepLink>
          <span className="shrink-0">{example.note}</span>
          {example.at !== undefined && (
            <span className="shrink-0 text-faint">
              <Time at={example.at} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

function Item({ item }: { item: AttentionItem }) {
  const { icon, word } = signs[item.severity];
  return (
    <li className="grid grid-cols-[1.125rem_minmax(0,1fr)] items-start gap-x-3 gap-y-2 px-4 py-3 sm:grid-cols-[1.125rem_minmax(0,1fr)_auto]">
      <span className="mt-0.5" title={word}>
        {icon}
        <span className="sr-only">{word}: </span>
      </span>
      <div className="min-w-0">
        <p className="font-medium">
          <StepLink
            href={item.href}
            className="underline decoration-line-strong decoration-1 underline-offset-3 hover:decoration-current"
          >
            {item.sentence}
          </StepLink>
          {item.since !== undefined && (
            <span className="ml-2 text-sm font-normal text-muted">
              for <Duration from={item.since} to={null} />
            </span>
          )}
        </p>
        <Examples item={item} />
      </div>
      <StepLink
        href={item.action.href}
        className={`${buttonClass()} max-sm:col-start-2 max-sm:justify-self-start`}
      >
        {item.action.label}
      </StepLink>
    </li>
  );
}

/** What needs an operator, the most urgent first. `quiet`: nothing is shown where there is nothing to say. */
export function AttentionPanel({ quiet }: { quiet: boolean }) {
  const query = useOverviewPart('attention');
  if (quiet && query.data?.attention?.items.length === 0) return null;
  return (
    <Panel title="Needs attention" query={query} rows={4}>
      {({ attention }) =>
        attention === undefined || attention.items.length === 0 ? (
          <p className="flex items-start gap-3 px-4 py-5">
            <CircleCheck size={18} className="mt-0.5 shrink-0 text-clear" aria-hidden="true" />
            <span>
              Nothing needs attention.{' '}
              <span className="text-muted">
                No run failed and no start was refused in the last 24 hours, and nothing stands still.
              </span>
            </span>
          </p>
        ) : (
          <ul className="divide-y divide-line">
            {attention.items.map((item) => (
              <Item key={`${item.kind} ${item.href}`} item={item} />
            ))}
          </ul>
        )
      }
    </Panel>
  );
}
