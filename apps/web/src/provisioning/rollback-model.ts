import { countKinds } from './checkpoint-model.ts';
import type { RollbackPreviewView, RollbackStepView } from './checkpoint-view.ts';

/** What stands otherwise than at the checkpoint, infra by infra: each resource once, however often it changed. */
export function driftOf(
  steps: readonly Pick<RollbackStepView, 'infra' | 'kind' | 'name'>[],
): { readonly infra: string; readonly what: string }[] {
  const infras = Map.groupBy(steps, ({ infra }) => infra);
  return [...infras]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([infra, changes]) => {
      const resources = new Map(changes.map((one) => [`${one.kind} ${one.name}`, one]));
      return { infra, what: countKinds([...resources.values()]) };
    });
}

/** How many were not chosen and are undone because something chosen lies below them. */
export function pulledIn(steps: readonly Pick<RollbackStepView, 'because'>[]): number {
  return steps.filter(({ because }) => because !== undefined).length;
}

/** What is typed before the deed: the name of the checkpoint, or how many changes go. */
export function confirmWord({ checkpoint, possible }: RollbackPreviewView): string {
  return checkpoint?.name ?? String(possible);
}

/** `about 40 s`, `about 3 min`. */
export function usualText(seconds: number): string {
  if (seconds < 90) return `about ${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `about ${minutes} min` : `about ${Math.round(minutes / 60)} h`;
}
