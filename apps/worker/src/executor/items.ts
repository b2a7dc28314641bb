import type { ClaimedRun } from '@signalbox/db/commands/run/claim-runs';
import type { RecordedItem } from '@signalbox/db/queries/run/load-work';
import type { Counts, ItemOutcome } from '@signalbox/domain/run/counts';
import type { Journal } from './journal.ts';
import type { RunItems } from './run-context.ts';

interface OpenItem {
  readonly key: string;
  readonly label: string;
}

/** Makes the items of one attempt; what earlier attempts recorded is there already. */
export function createItems(run: ClaimedRun, journal: Journal, recorded: readonly RecordedItem[]): RunItems {
  const declared = new Set(recorded.map((item) => item.key));
  const open = new Map<string, OpenItem>();
  for (const item of recorded) if (item.outcome === null) open.set(item.key, item);

  return {
    declare: (items) => {
      const added: { position: number; key: string; label: string }[] = [];
      for (const { key, label } of items) {
        if (declared.has(key)) continue;
        declared.add(key);
        open.set(key, { key, label });
        added.push({ position: declared.size, key, label });
      }
      return journal.commit((pending) => {
        if (added.length === 0) return;
        const counts = { ...journal.standing.counts, total: journal.standing.counts.total + added.length };
        journal.standing.counts = counts;
        pending.declare(added);
        pending.entry({ kind: 'progress', data: { counts } });
      });
    },
    open: () => [...open.values()],
    effectKey: (key) => `run:${run.uid}:item:${key}`,
    settle: (key, outcome, { error, detail } = {}) => {
      const item = open.get(key);
      if (item === undefined) throw new Error(`Item ${key} is not open.`);
      open.delete(key);
      return journal.note((pending) => {
        const counts = raised(journal.standing.counts, outcome);
        journal.standing.counts = counts;
        const code = error === undefined ? {} : { code: error.code };
        pending.settle(
          { key, outcome, ...(error && { error }), ...(detail !== undefined && { detail }) },
          { items: [{ key, label: item.label, outcome, ...code }], counts },
        );
      });
    },
  };
}

function raised(counts: Counts, outcome: ItemOutcome): Counts {
  return { ...counts, [outcome]: counts[outcome] + 1 };
}
