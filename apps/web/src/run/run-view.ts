import type { AppRouter } from '@signalbox/api/router';
import type { inferRouterOutputs } from '@trpc/server';

type RunOutputs = inferRouterOutputs<AppRouter>['run'];

/** A run as the typed client gives it. */
export type RunView = RunOutputs['get'];
export type ItemView = RunOutputs['items']['items'][number];
export type LogChunkView = RunOutputs['logs']['items'][number];
export type LogLineView = RunOutputs['searchLog']['items'][number];
export type AuditEntryView = RunOutputs['audit']['items'][number];
export type TimelineView = RunOutputs['timeline'];
