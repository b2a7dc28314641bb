import type { ItemView } from './run-view.ts';

/** What an item's details say in plain words, where they say something that a reader would ask; else null. */
export function hintOf({
  outcome,
  message,
  detail,
}: Pick<ItemView, 'outcome' | 'message' | 'detail'>): string | null {
  if (message !== undefined && message !== '') return null;
  if (detail?.action === 'create') return 'Created.';
  if (detail?.action === 'update') return 'Updated.';
  if (outcome === 'skipped') {
    return detail?.action === 'skip' || detail === undefined
      ? 'Nothing had to be done: it already was as wanted.'
      : 'Left as it is.';
  }
  if (typeof detail?.version !== 'number' || outcome !== 'succeeded') return null;
  return detail.fresh === false
    ? `Unchanged since version ${detail.version}.`
    : `Kept as version ${detail.version}.`;
}
