import type { BatchItem } from '@signalbox/contracts/provisioning/batch-record';
import type { BatchDetail } from '@signalbox/db/queries/provisioning/batch';
import type { BatchItemRecord } from '@signalbox/db/queries/provisioning/batch-items';
import { presentHolder } from '../gate/start-outcome.ts';
import { moment, optionalMoment } from '../time.ts';

type Wait = NonNullable<BatchItem['wait']>;

/** What the operations of a batch wait for that have not begun, by their key. */
export function batchWaits(batch: BatchDetail): ReadonlyMap<string, Wait> {
  const byKey = new Map(batch.items.map((item) => [item.key, item]));
  const running = batch.items.filter(({ status }) => status === 'admitted').length;
  const full = running >= batch.parallelLimit;
  const waiting = batch.items.filter(({ status }) => status === 'waiting');
  return new Map(
    waiting.map((item) => {
      const needs = item.needs.flatMap((key) => byKey.get(key) ?? []);
      return [item.key, waitOf(item, { batch, needs, full })];
    }),
  );
}

function waitOf(
  item: BatchItemRecord,
  at: { readonly batch: BatchDetail; readonly needs: readonly BatchItemRecord[]; readonly full: boolean },
): Wait {
  const { batch, needs, full } = at;
  const { waitCause, waitUntil, holder } = item;
  const ready = needs.reduce<Date>(
    (latest, { finishedAt }) => (finishedAt !== null && finishedAt > latest ? finishedAt : latest),
    batch.createdAt,
  );
  const since = moment(item.waitSince ?? ready);
  if (waitCause === 'throttled') {
    const sentence = 'Waits until the pause that the provider asked for is over.';
    return { cause: 'throttled', sentence, since, ...optionalMoment('until', waitUntil) };
  }
  if (waitCause === 'scope_busy' && holder !== null) {
    const by = holder.runId === null ? 'a batch' : `run ${holder.runId}`;
    const sentence = `Waits for ${by}, which works on the same object.`;
    return { cause: 'scope_busy', sentence, since, holder: presentHolder(holder) };
  }
  const open = needs.filter(({ status }) => status !== 'done').map(({ key }) => key);
  if (open.length > 0) {
    const sentence = open.length === 1 ? `Waits for ${open[0]}.` : `Waits for ${open.length} operations.`;
    return { cause: 'dependencies', sentence, on: open, since: moment(batch.createdAt) };
  }
  if (full) {
    const sentence = `Waits since ${batch.parallelLimit} operations run, as many as the limit allows.`;
    return { cause: 'parallel_limit', sentence, since };
  }
  return { cause: 'worker', sentence: 'Waits for a worker to begin it.', since };
}
