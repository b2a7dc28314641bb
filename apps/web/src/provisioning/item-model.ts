import type { BatchItemView } from './batch-view.ts';
import type { GraphItem } from './graph-groups.ts';
import { longestChain } from './longest-chain.ts';

type Timed = Pick<BatchItemView, 'id' | 'dependencies' | 'wave' | 'status' | 'startedAt' | 'finishedAt'>;

/** The operations as the graph draws them. */
export function graphItems(
  items: readonly (Timed & Pick<BatchItemView, 'type' | 'progress'>)[],
): GraphItem[] {
  return items.map(({ id, dependencies, type, wave, status, progress }) => ({
    id,
    needs: dependencies,
    type,
    wave,
    status,
    ...(status === 'running' && progress !== undefined && { note: `${Math.floor(progress)} %` }),
  }));
}

/**
 * The chain of operations that decides how long the batch takes. What has ended counts with the time it took, anything
 * else with the mean of those; with none, each counts alike. Empty where every operation stands for itself.
 */
export function chainOf(items: readonly Timed[]): string[] {
  const took = (item: Timed): number | null =>
    item.startedAt === undefined || item.finishedAt === undefined
      ? null
      : Math.max(1, Date.parse(item.finishedAt) - Date.parse(item.startedAt));
  const known = items.flatMap((item) => took(item) ?? []);
  const usual = known.length === 0 ? 1 : known.reduce((sum, ms) => sum + ms, 0) / known.length;
  const chain = longestChain(
    items
      .toSorted((a, b) => a.wave - b.wave)
      .map((item) => ({ id: item.id, needs: item.dependencies, weight: took(item) ?? usual })),
  );
  return chain.length > 1 ? chain : [];
}

/** A failure, and the operations that never began because of it. */
export interface Failure<T> {
  readonly cause: T;
  readonly skipped: readonly T[];
}

/** What failed or was stopped, each with what that kept from beginning. */
export function failuresOf<T extends Pick<BatchItemView, 'id' | 'status' | 'becauseOf'>>(
  items: readonly T[],
): Failure<T>[] {
  const skipped = new Map<string, T[]>();
  for (const item of items) {
    if (item.status !== 'skipped' || item.becauseOf === undefined) continue;
    const list = skipped.get(item.becauseOf);
    if (list === undefined) skipped.set(item.becauseOf, [item]);
    else list.push(item);
  }
  return items
    .filter(({ id, status }) => status === 'failed' || skipped.has(id))
    .map((cause) => ({ cause, skipped: skipped.get(cause.id) ?? [] }));
}

/** Whether something of it is left that a rollback could undo. */
export function canBeUndone({ changes }: Pick<BatchItemView, 'changes'>): boolean {
  return changes !== undefined && changes.undone < changes.total;
}

/** What a retry would begin again: all that did not succeed, and what was undone. */
export function againOf<T extends Pick<BatchItemView, 'status' | 'undone'>>(
  items: readonly T[],
): { readonly rest: readonly T[]; readonly undone: readonly T[] } {
  return {
    rest: items.filter(({ status }) => status !== 'completed'),
    undone: items.filter(
      ({ status, undone }) => status === 'completed' && undone !== undefined && undone !== 'none',
    ),
  };
}

/** Names in one line, so many of them. */
export function namesLine(names: readonly string[], most = 6): string {
  const rest = names.length - most;
  return rest > 0 ? `${names.slice(0, most).join(', ')} and ${rest} more` : names.join(', ');
}
