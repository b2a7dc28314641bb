import type { AppRouter } from '@signalbox/api/router';
import type { inferRouterInputs } from '@trpc/server';

type ListInput = inferRouterInputs<AppRouter>['run']['list'];

/** A filter of the runs list, as the list asks the API. */
export type BulkFilter = Omit<ListInput, 'limit' | 'cursor'>;

/** The runs a bulk action is about: those ticked, or all that match. */
export type BulkSelection = { kind: 'ids'; ids: readonly number[] } | { kind: 'filter'; filter: BulkFilter };
