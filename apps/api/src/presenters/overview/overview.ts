import type {
  AttentionItem,
  Change,
  FirstStep,
  OverviewNow,
} from '@signalbox/contracts/overview/get-overview';
import type { Change as ChangeRecord } from '@signalbox/db/queries/overview/overview-changes';
import type { OverviewNow as NowRecord } from '@signalbox/db/queries/overview/overview-now';
import { holds, type Principal } from '@signalbox/domain/access/principal';
import { type AttentionFacts, needsAttention } from '@signalbox/domain/overview/attention';
import { type Counted, countedRuns, runPlace, runsPlace } from '@signalbox/domain/overview/counted-runs';
import { describeChange } from '@signalbox/domain/overview/describe-change';
import { type FirstStepFacts, firstSteps } from '@signalbox/domain/overview/first-steps';
import { hrefOf, type Place, placeOf } from '@signalbox/domain/overview/place';
import { runStatuses } from '@signalbox/domain/run/lifecycle';
import { quotaLevel } from '@signalbox/domain/workspace/quota';
import { periodEnd } from '@signalbox/domain/workspace/tiers';
import { moment, optionalMoment } from '../time.ts';

type Caller = Pick<Principal, 'workspaceId'>;

/** What needs attention, the most urgent first. */
export function presentAttention(facts: AttentionFacts, { workspaceId }: Caller): { items: AttentionItem[] } {
  const href = (place: Place) => hrefOf(workspaceId, place);
  const items = needsAttention(facts).map((item): AttentionItem => {
    const { kind, severity, sentence, count, place, action, since, examples } = item;
    return {
      kind,
      severity,
      sentence,
      ...(count !== undefined && { count: count.n, more: count.more }),
      href: href(place),
      action: { label: action.label, href: href(action.place) },
      ...optionalMoment('since', since ?? null),
      examples: examples.map((example) => ({
        label: example.label,
        note: example.note,
        ...optionalMoment('at', example.at ?? null),
        href: href(example.place),
      })),
    };
  });
  return { items };
}

/** How busy it is, each number with its list. */
export function presentNow(record: NowRecord, { workspaceId }: Caller): OverviewNow {
  const { running, queued, oldestQueued, perMinute, liveWorkers, quota } = record;
  const linked = ({ n, more }: Counted, place: Place) => ({
    count: n,
    more,
    href: hrefOf(workspaceId, place),
  });
  const exactly = (n: number): Counted => ({ n, more: false });
  return {
    running: linked(running, runsPlace(countedRuns.running)),
    queued: linked(queued, runsPlace(countedRuns.queued)),
    ...(oldestQueued !== null && {
      oldestQueued: {
        runId: oldestQueued.id,
        createdAt: moment(oldestQueued.createdAt),
        href: hrefOf(workspaceId, runPlace(oldestQueued.id)),
      },
    }),
    ended: linked(exactly(perMinute.reduce((sum, n) => sum + n, 0)), runsPlace(countedRuns.ended)),
    endedPerMinute: [...perMinute],
    workers: linked(exactly(liveWorkers), placeOf('/fleet')),
    usage: {
      runs: quota.current,
      limit: quota.limit,
      level: quotaLevel(quota),
      resetsAt: moment(periodEnd(quota.period)),
      href: hrefOf(workspaceId, placeOf('/usage')),
    },
  };
}

/** The newest changes, each told in a sentence. */
export function presentChange(record: ChangeRecord, { workspaceId }: Caller): Change {
  const { sentence, place } = describeChange(record);
  const ended = runStatuses.find((each) => each === record.status);
  return {
    id: record.id,
    at: moment(record.at),
    actor: record.actor.name,
    action: record.action,
    sentence,
    ...(record.run !== null && { runId: record.run.id }),
    ...(ended !== undefined && { runStatus: ended }),
    ...(place !== null && { href: hrefOf(workspaceId, place) }),
  };
}

/** The first steps with their state, and whether this caller may take them. */
export function presentFirstSteps(
  facts: FirstStepFacts,
  principal: Principal,
): { items: FirstStep[]; done: boolean } {
  const items = firstSteps(facts).map(
    ({ place, ...step }): FirstStep => ({
      ...step,
      allowed: holds(principal, step.capability),
      href: hrefOf(principal.workspaceId, place),
    }),
  );
  return { items, done: items.every(({ done }) => done) };
}
