import { operationLabel } from '../gate/describe-start.ts';
import type { QuotaFacts } from '../gate/start-facts.ts';
import { describeQuota, quotaLevel } from '../workspace/quota.ts';
import { type Counted, countedRuns, countText, runPlace, runsPlace } from './counted-runs.ts';
import { type Place, placeOf } from './place.ts';

/** A run as far as the overview speaks of it. */
export interface RunMention {
  readonly id: number;
  readonly operation: string;
  readonly tenant: string | null;
}

/** A run and the moment that matters: since when it is silent, still, overdue, or when it ended. */
export interface RunSince extends RunMention {
  readonly at: Date;
}

/** Starts of one kind that were refused for one reason. */
export interface RefusalGroup {
  readonly operation: string;
  readonly tenant: { readonly id: number; readonly name: string } | null;
  readonly reason: { readonly code: string; readonly label: string };
  readonly times: number;
  /** The newest of them. */
  readonly at: Date;
}

export interface ConnectionMention {
  readonly id: number;
  readonly label: string;
  /** What is wrong with it, in a few words. */
  readonly trouble: string;
  /** Starts over it are refused, or what runs over it fails. */
  readonly stops: boolean;
}

/** What the list of things that need attention is made from. Lists hold the first few; counts say how many. */
export interface AttentionFacts {
  readonly liveWorkers: number;
  readonly queued: Counted;
  /** Running, but the lease has run out and nobody has taken over. */
  readonly silent: readonly RunSince[];
  /** Running under a live lease without moving. */
  readonly still: readonly RunSince[];
  /** Should have been tried again by now. */
  readonly overdue: readonly RunSince[];
  /** Holders of a scope for unusually long. */
  readonly holding: readonly RunSince[];
  readonly troubled: { readonly count: Counted; readonly newest: readonly (RunSince & { note: string })[] };
  readonly refused: { readonly count: Counted; readonly groups: readonly RefusalGroup[] };
  /** Bulk actions of which something has waited for long; the count is of all that waits there. */
  readonly bulk: readonly { readonly id: number; readonly at: Date; readonly waiting: Counted }[];
  /** Bootstraps of which the next operation has waited for long. */
  readonly bootstraps: readonly {
    readonly operation: string;
    readonly tenant: { readonly id: number; readonly name: string };
    readonly at: Date;
    /** What it waits for, as one plain sentence. */
    readonly why: string;
  }[];
  readonly connections: { readonly count: Counted; readonly first: readonly ConnectionMention[] };
  /** What of this month's quota is used. */
  readonly quota: QuotaFacts;
}

/** `stop`: work stands still or has failed. `caution`: it may soon. */
export type AttentionSeverity = 'stop' | 'caution';

/** One thing that needs attention: what it is, where it is seen, and the one thing to do first. */
export interface AttentionItem {
  readonly kind: AttentionKind;
  readonly severity: AttentionSeverity;
  readonly sentence: string;
  /** How many; absent where the item is about one thing. The list at `place` shows exactly these. */
  readonly count?: Counted;
  readonly place: Place;
  readonly action: { readonly label: string; readonly place: Place };
  /** Since when, for an item about one thing. */
  readonly since?: Date;
  /** The first few of them. */
  readonly examples: readonly AttentionExample[];
}

export interface AttentionExample {
  readonly label: string;
  readonly note: string;
  readonly at?: Date;
  readonly place: Place;
}

type Item = Omit<AttentionItem, 'kind' | 'examples'> & { readonly examples?: readonly AttentionExample[] };

const nameOf = ({ operation, tenant }: Omit<RunMention, 'id'>): string =>
  tenant === null ? operationLabel(operation) : `${operationLabel(operation)} · ${tenant}`;

/** One item per run: there is no list of such runs, so no number stands for them. */
function perRun(runs: readonly RunSince[], severity: AttentionSeverity, says: (run: string) => string) {
  return runs.map((run): Item => {
    const place = runPlace(run.id);
    return {
      severity,
      sentence: says(`Run #${run.id}, ${nameOf(run)},`),
      place,
      action: { label: 'Open the run', place },
      since: run.at,
    };
  });
}

/**
 * Every kind of thing that can need attention, the more urgent first where severities are equal. A further kind is one
 * more entry here, and the facts it needs.
 */
const kinds = {
  no_worker: ({ liveWorkers, queued }) => {
    if (liveWorkers > 0) return [];
    const waiting =
      queued.n === 0
        ? 'Nothing can start until one is.'
        : `${countText(queued, ['run waits', 'runs wait'])} in the queue.`;
    const place = placeOf('/fleet');
    return [
      {
        severity: 'stop',
        sentence: `No worker is running. ${waiting}`,
        place,
        action: { label: 'See the workers', place },
      },
    ];
  },
  lease_expired: ({ silent }) =>
    perRun(silent, 'stop', (run) => `${run} has lost its worker and nobody has taken over.`),
  connection_unhealthy: ({ connections: { count, first } }) => {
    if (first.length === 0) return [];
    const place = placeOf('/connections', { only: 'unhealthy' });
    const one = first[0];
    const single = one !== undefined && count.n === 1;
    return [
      {
        severity: first.some(({ stops }) => stops) ? 'stop' : 'caution',
        sentence: `${countText(count, ['provider connection is', 'provider connections are'])} not healthy.`,
        count,
        place,
        action: single
          ? { label: 'Open the connection', place: placeOf(`/connections/${one.id}`) }
          : { label: 'See the connections', place },
        examples: first.map(({ id, label, trouble }) => ({
          label,
          note: trouble,
          place: placeOf(`/connections/${id}`),
        })),
      },
    ];
  },
  runs_failed: ({ troubled: { count, newest } }) => {
    if (newest.length === 0) return [];
    const place = runsPlace(countedRuns.troubled);
    const one = newest[0];
    const single = one !== undefined && count.n === 1;
    return [
      {
        severity: 'stop',
        sentence: `${countText(count, ['run', 'runs'])} failed or ended in part in the last 24 hours.`,
        count,
        place,
        action: single
          ? { label: 'Open the run', place: runPlace(one.id) }
          : { label: 'See the runs', place },
        examples: newest.map((run) => ({
          label: `#${run.id} ${nameOf(run)}`,
          note: run.note,
          at: run.at,
          place: runPlace(run.id),
        })),
      },
    ];
  },
  quota_used: ({ quota }) => {
    const level = quotaLevel(quota);
    if (level === 'within') return [];
    const place = placeOf('/usage');
    const reached = level === 'reached';
    return [
      {
        severity: reached ? 'stop' : 'caution',
        sentence: `${describeQuota(quota)}${reached ? ' Until then deployments are refused.' : ''}`,
        place,
        action: { label: 'See usage and tier', place },
      },
    ];
  },
  no_progress: ({ still }) => perRun(still, 'caution', (run) => `${run} is running but has not moved.`),
  // Without a worker nothing is tried again, and that is said already.
  retry_overdue: ({ overdue, liveWorkers }) =>
    perRun(
      liveWorkers === 0 ? [] : overdue,
      'caution',
      (run) => `${run} should have been tried again by now.`,
    ),
  scope_held: ({ holding, silent, still, overdue }) => {
    const named = new Set([...silent, ...still, ...overdue].map(({ id }) => id));
    const others = holding.filter(({ id }) => !named.has(id));
    return perRun(others, 'caution', (run) => `${run} holds its protected scope for unusually long.`);
  },
  bulk_waiting: ({ bulk }) =>
    bulk.map(({ id, at, waiting }) => {
      const place = placeOf(`/bulk/${id}`, { status: 'waiting' });
      return {
        severity: 'caution',
        sentence: `${countText(waiting, ['item', 'items'])} of bulk action #${id} still ${waiting.n === 1 ? 'waits' : 'wait'}.`,
        count: waiting,
        place,
        action: { label: 'See what waits', place },
        since: at,
      };
    }),
  bootstrap_waiting: ({ bootstraps }) =>
    bootstraps.map(({ operation, tenant, at, why }) => {
      const place = placeOf(`/onboarding/${tenant.id}`);
      return {
        severity: 'caution',
        sentence: `The onboarding of ${tenant.name} still waits to begin ${operationLabel(operation)}. ${why}`,
        place,
        action: { label: 'Open the onboarding', place },
        since: at,
      };
    }),
  starts_refused: ({ refused: { count, groups } }) => {
    if (groups.length === 0) return [];
    const place = placeOf('/refusals', { last: '24h' });
    return [
      {
        severity: 'caution',
        sentence: `${countText(count, ['start was', 'starts were'])} refused in the last 24 hours.`,
        count,
        place,
        action: { label: 'See what was refused', place },
        examples: groups.map(({ operation, tenant, reason, times, at }) => ({
          label: nameOf({ operation, tenant: tenant?.name ?? null }),
          // Past the cap nobody has counted them all.
          note: times === 1 || count.more ? reason.label : `${reason.label}, ${times} times`,
          at,
          place: placeOf('/refusals', {
            last: '24h',
            operation,
            ...(tenant !== null && { tenant: String(tenant.id) }),
            reason: reason.code,
          }),
        })),
      },
    ];
  },
} as const satisfies Record<string, (facts: AttentionFacts) => readonly Item[]>;

export type AttentionKind = keyof typeof kinds;
export const attentionKinds = Object.keys(kinds) as AttentionKind[];

const severities: readonly AttentionSeverity[] = ['stop', 'caution'];

/** What needs attention now, the most urgent first. An empty list means that nothing does. */
export function needsAttention(facts: AttentionFacts): AttentionItem[] {
  const items = attentionKinds.flatMap((kind) =>
    kinds[kind](facts).map((item): AttentionItem => ({ examples: [], ...item, kind })),
  );
  return severities.flatMap((severity) => items.filter((item) => item.severity === severity));
}
