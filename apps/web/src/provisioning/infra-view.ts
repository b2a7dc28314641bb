import type { AppRouter } from '@signalbox/api/router';
import type { inferRouterOutputs } from '@trpc/server';

type InfraOutputs = inferRouterOutputs<AppRouter>['infra'];

/** An infra as the typed client gives it. */
export type InfraView = InfraOutputs['get'];
export type InfraRowView = InfraOutputs['list']['items'][number];
export type ResourceView = InfraView['resources'][number];
