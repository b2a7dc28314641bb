import type { ItemOutcome } from '@signalbox/domain/run/counts';

const rollback: Readonly<Record<ItemOutcome, string>> = {
  succeeded: 'executed',
  failed: 'failed',
  skipped: 'not attempted',
};

/** What became of an item, in the words of its operation: of a rollback, what was skipped was never attempted. */
export function outcomeWord(operation: string, outcome: ItemOutcome | 'remaining'): string {
  return operation === 'provisioning_rollback' && outcome !== 'remaining' ? rollback[outcome] : outcome;
}
