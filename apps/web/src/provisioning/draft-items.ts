import { waves } from '@signalbox/domain/provisioning/waves';
import type { BatchDraft } from './batch-reading.ts';
import type { GraphItem } from './graph-groups.ts';

/** The operations of a draft as the graph draws them: those that no wave has, as in a circle, stand at the end. */
export function draftItems({
  operations,
  problems,
}: Pick<BatchDraft, 'operations' | 'problems'>): GraphItem[] {
  const ids = new Set(operations.map(({ id }) => id));
  // What is not there cannot be waited for: it is a problem of its own.
  const nodes = operations.map(({ id, dependencies }) => ({
    id,
    dependencies: dependencies.filter((need) => ids.has(need)),
  }));
  const found = waves(nodes);
  const waveOf = new Map(found.flatMap((wave, index) => wave.map((id) => [id, index + 1] as const)));
  const counts = new Map<number, number>();
  for (const at of problems.flatMap((problem) => problem.operations))
    counts.set(at, (counts.get(at) ?? 0) + 1);
  return operations.map(({ id, type }, at) => ({
    id,
    type,
    needs: nodes[at]?.dependencies ?? [],
    wave: waveOf.get(id) ?? found.length + 1,
    problems: counts.get(at) ?? 0,
  }));
}
