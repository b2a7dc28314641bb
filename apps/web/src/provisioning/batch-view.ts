import type { AppRouter } from '@signalbox/api/router';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';

type BatchOutputs = inferRouterOutputs<AppRouter>['batch'];

/** A batch as the typed client gives it. */
export type BatchView = BatchOutputs['get'];
export type BatchItemView = BatchView['items'][number];
export type BatchRowView = BatchOutputs['list']['items'][number];
export type BatchPreviewView = BatchOutputs['preview'];

/** The body of `POST /v1/batches`. */
export type BatchBody = inferRouterInputs<AppRouter>['batch']['create'];
