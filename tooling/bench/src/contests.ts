import type { BenchServer } from './bench-server.ts';
import type { BenchWorkspace } from './bench-workspace.ts';
import { admissionRate } from './measures/admission.ts';
import { endToEndRate } from './measures/end-to-end.ts';
import { startLatency } from './measures/start-latency.ts';
import { commitRate } from './peers/commits.ts';
import { addJobRate, graphileEndToEnd, graphileLatency } from './peers/graphile.ts';
import { quantile } from './stats.ts';

/** One measure with everyone who takes part; `Signalbox` is one of them. */
export interface Contest {
  readonly what: string;
  readonly unit: string;
  readonly contenders: Readonly<Record<string, () => Promise<number>>>;
  /** The least ratio we hold ourselves to, by peer; for latencies the greatest. */
  readonly floors: Readonly<Record<string, string>>;
}

/** Everything that is measured, in order. */
export function contests(place: {
  readonly server: BenchServer;
  readonly workspace: BenchWorkspace;
}): Contest[] {
  return [...[16, 64].flatMap((callers) => rates(place, callers)), ...latencies(place)];
}

interface Place {
  readonly server: BenchServer;
  readonly workspace: BenchWorkspace;
}

function rates({ server, workspace }: Place, callers: number): Contest[] {
  const { url } = server;
  return [
    {
      what: `admitted starts, ${callers} callers`,
      unit: '/s',
      contenders: {
        Signalbox: () => admissionRate(url, workspace, { callers, count: 4_000 }),
        'single inserts': () => commitRate(url, callers, 10_000),
        'graphile addJob': () => addJobRate(url, callers, 3_000),
      },
      floors: { 'single inserts': callers === 16 ? '0.25' : '0.45', 'graphile addJob': '5' },
    },
    {
      what: `runs end to end, 3 steps, ${callers} callers`,
      unit: '/s',
      contenders: {
        Signalbox: () => endToEndRate(server, workspace, { callers, count: 2_000 }),
        'graphile, 3 inserts': () => graphileEndToEnd(url, callers, 2_000),
      },
      floors: {},
    },
  ];
}

/** Both quantiles come from one pass, so that they belong together. */
function latencies({ server, workspace }: Place): Contest[] {
  const load = { perSecond: 20, count: 300 };
  const ours: number[] = [];
  const theirs: number[] = [];
  const graphile = 'graphile addJob to handler';
  /** The median of one pass, whose samples are kept for the tail. */
  const median = async (kept: number[], pass: Promise<number[]>): Promise<number> => {
    const samples = await pass;
    kept.push(...samples);
    return quantile(samples, 0.5);
  };
  return [
    {
      what: 'start to handler at 20/s, p50',
      unit: 'ms',
      contenders: {
        Signalbox: () => median(ours, startLatency(server, workspace, load)),
        [graphile]: () => median(theirs, graphileLatency(server.url, load)),
      },
      floors: { [graphile]: '≤ 1' },
    },
    {
      what: 'start to handler at 20/s, p99 of all rounds',
      unit: 'ms',
      contenders: {
        Signalbox: async () => quantile(ours, 0.99),
        [graphile]: async () => quantile(theirs, 0.99),
      },
      floors: { [graphile]: '≤ 1' },
    },
  ];
}
