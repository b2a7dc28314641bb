import type { AppRouter } from '@signalbox/api/router';
import type { inferRouterOutputs } from '@trpc/server';

type BulkOutputs = inferRouterOutputs<AppRouter>['bulk'];

/** A bulk action as the typed client gives it. */
export type BulkView = BulkOutputs['get'];
export type BulkItemView = BulkOutputs['items']['items'][number];
export type BulkEstimateView = BulkOutputs['estimate'];
