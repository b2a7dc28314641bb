import type { BatchNode } from './batch-graph.ts';

/**
 * The operations by how far they stand from the beginning: each wave holds those whose dependencies all stand in waves
 * before it, at least one of them in the wave just before. In the order of the list within a wave. For a list that is a
 * batch; what stands in or behind a cycle is in no wave.
 */
export function waves(operations: readonly Pick<BatchNode, 'id' | 'dependencies'>[]): string[][] {
  const open = new Map<string, number>();
  const dependants = new Map<string, string[]>();
  for (const { id, dependencies } of operations) {
    const needs = new Set(dependencies);
    open.set(id, needs.size);
    for (const need of needs) {
      const behind = dependants.get(need);
      if (behind === undefined) dependants.set(need, [id]);
      else behind.push(id);
    }
  }
  const positions = new Map(operations.map(({ id }, index) => [id, index]));
  const inOrder = (ids: readonly string[]) =>
    ids.toSorted((a, b) => (positions.get(a) ?? 0) - (positions.get(b) ?? 0));
  const found: string[][] = [];
  let wave = [...open].flatMap(([id, needs]) => (needs === 0 ? [id] : []));
  while (wave.length > 0) {
    found.push(wave);
    const next: string[] = [];
    for (const id of wave) {
      for (const behind of dependants.get(id) ?? []) {
        const left = (open.get(behind) ?? 0) - 1;
        open.set(behind, left);
        if (left === 0) next.push(behind);
      }
    }
    wave = inOrder(next);
  }
  return found;
}

/**
 * The most operations that are under way at once when all take equally long. A limit below the widest wave is reached:
 * either some moment is held back by it, or none is, and then the widest wave begins as a whole.
 */
export function peakConcurrency(
  operations: readonly Pick<BatchNode, 'id' | 'dependencies'>[],
  parallelLimit: number,
): number {
  const widest = waves(operations).reduce((most, wave) => Math.max(most, wave.length), 0);
  return Math.min(widest, parallelLimit);
}
