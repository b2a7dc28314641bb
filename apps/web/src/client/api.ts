import type { AppRouter } from '@signalbox/api/router';
import { focusManager, QueryClient } from '@tanstack/react-query';
import { createTRPCClient, httpLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import { stepUpLink } from '../access/step-up-link.ts';
import { readServerDate } from '../clock/server-clock.ts';
import { isPaused, onCaughtUp, onLiveState } from '../live/live-stream.ts';
import { isUnattended } from './attendance.ts';
import { ForeignAnswer } from './foreign-answer.ts';
import { asksAgainUnseen } from './problem-model.ts';
import { noteRequestId } from './request-id.ts';

let workspace: string | null = null;

/** Names the workspace that every call from now on is about. Answers for another one are forgotten. */
export function selectWorkspace(id: string | null): void {
  if (workspace !== null && workspace !== id) queryClient.clear();
  workspace = id;
}

function typeOf(response: Response): string {
  return response.headers.get('content-type') ?? '';
}

async function timedFetch(url: RequestInfo | URL, init: RequestInit): Promise<Response> {
  const sentAt = Date.now();
  const response = await fetch(url, init);
  readServerDate(response, sentAt);
  if (!response.ok && /^application\/problem\+json\b/i.test(typeOf(response))) {
    throw new ForeignAnswer(response.status, await response.json());
  }
  if (!response.ok && !/^application\/json\b/i.test(typeOf(response)))
    throw new ForeignAnswer(response.status);
  return noteRequestId(response);
}

/** The typed client. A mutation's `context.idempotencyKey` becomes its Idempotency-Key header. */
export const api = createTRPCClient<AppRouter>({
  links: [
    stepUpLink,
    splitLink({
      condition: (op) => op.type === 'subscription',
      true: httpSubscriptionLink({
        url: '/trpc',
        connectionParams: () => ({ workspaceId: workspace ?? '' }),
      }),
      false: httpLink({
        url: '/trpc',
        fetch: (url, init) => timedFetch(url, init as RequestInit),
        headers: ({ op }) => ({
          ...(workspace === null ? {} : { 'x-workspace-id': workspace }),
          ...(isUnattended() ? { 'x-signalbox-unattended': '1' } : {}),
          ...(typeof op.context.idempotencyKey === 'string'
            ? { 'idempotency-key': op.context.idempotencyKey }
            : {}),
        }),
      }),
    }),
  ],
});

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => !isPaused() && asksAgainUnseen(failures, error),
      // The pause holds everything still, also what a return, a focus or a returning network would fetch.
      refetchOnMount: () => !isPaused(),
      refetchOnWindowFocus: () => !isPaused(),
      refetchOnReconnect: () => !isPaused(),
    },
  },
});

// Questions asked again by the clock rest while the tab is out of sight; a pause counts as that, whoever asks them.
onLiveState(() => focusManager.setFocused(isPaused() ? false : undefined));
// What must not move under its reader catches up by itself, in its place.
onCaughtUp(() => void queryClient.invalidateQueries({ predicate: ({ meta }) => meta?.standsStill !== true }));

export const trpc = createTRPCOptionsProxy<AppRouter>({ client: api, queryClient });
