import { isTerminal } from '@signalbox/domain/run/lifecycle';
import { rollbackAgain } from '../provisioning/rollback-links.ts';
import { type Counted, countedBy } from './counted-model.ts';
import type { RunView } from './run-view.ts';
import type { RunSearch } from './search.ts';
import type { StatusTone } from './status-model.ts';

/** Longer than this without progress is worth a word, ms. */
const quietMs = 4 * 60_000;

/** How long a running run has shown no progress, ms, when that is long enough to mention. */
export function quietFor(
  run: Pick<RunView, 'status' | 'progress' | 'phaseSince'>,
  now: number,
): number | null {
  if (run.status !== 'running') return null;
  const last = Math.max(Date.parse(run.phaseSince), Date.parse(run.progress?.updatedAt ?? run.phaseSince));
  const quiet = now - last;
  return quiet >= quietMs ? quiet : null;
}

/** The tone of the card: what the reader should feel before reading. */
export function cardTone(run: Pick<RunView, 'status' | 'waiting'>): StatusTone {
  if (run.status === 'failed' || run.status === 'vetoed') return 'stop';
  if (run.status === 'partial') return 'caution';
  if (run.status === 'succeeded') return 'clear';
  if (isTerminal(run.status)) return 'idle';
  if (run.waiting === undefined) return 'accent';
  // A worker that fell silent is trouble; every other wait is in the order of things.
  return run.waiting.gate === 'lease' ? 'caution' : 'lunar';
}

/** A way on from a run: a deed, another page, a part of this one, or words to follow. */
export type CardStep =
  | { readonly kind: 'retry' | 'force_cancel' | 'cancel' | 'advice'; readonly label: string }
  | { readonly kind: 'go'; readonly label: string; readonly href: string }
  | { readonly kind: 'part'; readonly label: string; readonly search: Pick<RunSearch, 'tab' | 'level'> };

export interface CardSteps {
  /** The one thing to do; every state has one. */
  readonly main: CardStep;
  readonly others: readonly CardStep[];
}

type Told = Pick<
  RunView,
  'id' | 'status' | 'whatNext' | 'counts' | 'waiting' | 'queue' | 'output' | 'operation' | 'tenant' | 'input'
>;

/** The steps the card offers: those the server gives, and where it gives none a look at the part that tells most. */
export function cardSteps(run: Told, ws: string): CardSteps {
  const here = `/w/${ws}/runs/${run.id}`;
  const given = run.whatNext.nextSteps
    .map((step) => fromServer(step, run, { here, ws }))
    .filter((step) => step !== null);
  const deeds = given.filter(({ kind }) => kind !== 'advice');
  const own = ownSteps(run, ws);
  // What a run gave comes before doing it again; after a failure it is the other way round.
  const lead = run.status === 'succeeded' && deeds.length < 2 ? own : [];
  const [main = ownSteps({ ...run, whatNext: { sentence: '', nextSteps: [] } }, ws)[0] ?? log, ...rest] = [
    ...lead,
    ...deeds,
    ...(lead.length > 0 ? [] : own),
  ];
  const others = [...rest, ...given.filter(({ kind }) => kind === 'advice')];
  return { main, others: others.filter((step) => step.label !== main.label) };
}

const log: Extract<CardStep, { kind: 'part' }> = {
  kind: 'part',
  label: 'Read the log',
  search: { tab: 'log' },
};

function fromServer(
  { code, label, href }: RunView['whatNext']['nextSteps'][number],
  run: Told,
  { here, ws }: { readonly here: string; readonly ws: string },
): CardStep | null {
  if (run.operation === 'provisioning_rollback' && (code === 'replay' || code === 'retry_failed_items')) {
    // Its plan is of its time: what is left is planned anew, and what is undone is passed over.
    const again = run.status === 'succeeded' ? null : rollbackAgain(run.input, ws);
    return again === null ? null : { kind: 'go', label: 'Roll back the rest…', href: again };
  }
  if (code === 'retry_failed_items') {
    const { failed } = run.counts;
    return { kind: 'retry', label: failed === 1 ? 'Retry this 1 item' : `Retry these ${failed} items` };
  }
  if (code === 'force_cancel') return { kind: 'force_cancel', label };
  if (href === undefined) return { kind: 'advice', label };
  return href.split('?')[0] === here ? null : { kind: 'go', label, href };
}

/** What this page itself has to offer in a state. */
function ownSteps(run: Told, ws: string): CardStep[] {
  const cancel: CardStep = { kind: 'cancel', label: 'Cancel it' };
  switch (run.status) {
    case 'running':
      return [{ ...log, label: 'Follow the log' }];
    case 'queued': {
      const ahead = run.queue?.oldest;
      if (ahead !== undefined) {
        return [
          { kind: 'go', label: 'Open the oldest run ahead', href: `/w/${ws}/runs/${ahead.runId}` },
          cancel,
        ];
      }
      const retries = run.waiting?.gate === 'retry';
      return retries
        ? [{ kind: 'part', label: 'See what failed', search: { tab: 'timeline' } }, cancel]
        : [cancel];
    }
    case 'pending':
    case 'awaiting_approval':
      return [cancel];
    case 'succeeded': {
      const counted = countedBy(run.operation);
      if (counted !== null) return seeCounted(run, ws, counted);
      return run.counts.total > 0
        ? [{ kind: 'part', label: 'See the results', search: { tab: 'items' } }]
        : [{ kind: 'part', label: 'See what it gave', search: { tab: 'data' } }];
    }
    case 'failed':
      return [{ ...log, search: { tab: 'log', level: 'warning' } }];
    default:
      return [log];
  }
}

/** What was counted is kept with the tenant. */
function seeCounted({ tenant }: Told, ws: string, { part, label }: Counted): CardStep[] {
  return tenant === undefined
    ? [log]
    : [{ kind: 'go', label, href: `/w/${ws}/tenants/${tenant.id}?part=${part}` }];
}

/** What a run gave, as far as it is short enough for the card. */
export function outputFacts(output: RunView['output']): { label: string; value: string }[] {
  return Object.entries(output ?? {}).flatMap(([name, value]) => {
    if (name.endsWith('Id')) return [];
    const words = name.replaceAll(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
    if (typeof value === 'number') return [{ label: words, value: value.toLocaleString('en') }];
    if (typeof value === 'boolean') return [{ label: words, value: value ? 'yes' : 'no' }];
    return typeof value === 'string' && value.length <= 80 ? [{ label: words, value }] : [];
  });
}
