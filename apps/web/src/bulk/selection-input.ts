import type { AppRouter } from '@signalbox/api/router';
import type { inferRouterInputs } from '@trpc/server';
import type { BulkSelection } from './bulk-selection.ts';

type SelectionInput = inferRouterInputs<AppRouter>['bulk']['create']['selection'];

/** A selection as the API takes it. */
export function selectionInput(selection: BulkSelection): SelectionInput {
  return selection.kind === 'ids' ? { runIds: [...selection.ids] } : { filter: selection.filter };
}

/** The same, but a filter lets in no run that was made after its estimate: what was seen is what is done. */
export function frozenInput(selection: BulkSelection, createdBefore: string | undefined): SelectionInput {
  if (selection.kind === 'ids' || createdBefore === undefined) return selectionInput(selection);
  return { filter: { ...selection.filter, createdBefore } };
}
