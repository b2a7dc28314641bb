import type { StartOutcome } from '@signalbox/contracts/gate/start-outcome';
import type { RunAction } from '@signalbox/domain/run/actions';
import { type UseMutationResult, useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, queryClient, trpc } from '../client/api.ts';
import { useServerNow } from '../clock/server-clock.ts';
import { makeStartKeys } from '../gate/start-key.ts';
import type { RunView } from './run-view.ts';

/** What stops a run; each is asked about before it is done. */
export type StopAction = 'cancel' | 'force_cancel';

/** What can be done with a run from its page. */
export interface RunDeeds {
  /** Why an action cannot be taken now, in the server's words; null when it can. */
  readonly refusalOf: (action: RunAction) => string | null;
  readonly retry: UseMutationResult<StartOutcome, unknown, void>;
  /** Opens the question that comes before stopping the run. */
  readonly ask: (action: StopAction) => void;
  readonly asked: StopAction | null;
  readonly close: () => void;
}

/** Retries the failed items. One key per intention: a double click is one run. */
function useRetry(id: number) {
  const [keys] = useState(makeStartKeys);
  return useMutation({
    mutationFn: (): Promise<StartOutcome> => {
      const context = { idempotencyKey: keys.keyOf({ action: 'retry', id }) };
      return api.run.retryFailedItems.mutate({ id }, { context });
    },
    onSuccess: (outcome) => {
      if (outcome.run !== undefined) keys.used({ action: 'retry', id });
      void queryClient.invalidateQueries({ queryKey: trpc.run.get.queryKey({ id }) });
      void queryClient.invalidateQueries({ queryKey: trpc.run.list.queryKey() });
    },
  });
}

/** The deeds of a run's page, shared by its action bar and its card. */
export function useRunDeeds(run: RunView): RunDeeds {
  const retry = useRetry(run.id);
  const [asked, setAsked] = useState<StopAction | null>(null);
  const now = useServerNow();
  return {
    retry,
    asked,
    ask: setAsked,
    close: () => setAsked(null),
    refusalOf: (action) => refusalOf(run, action, now),
  };
}

/** The server's verdict on an action. One that time alone will allow counts as allowed from then on. */
export function refusalOf(
  run: Pick<RunView, 'allowedActions'>,
  action: RunAction,
  now: number,
): string | null {
  const verdict = run.allowedActions.find((one) => one.action === action);
  if (verdict === undefined || verdict.allowed) return null;
  if (verdict.allowedFrom !== undefined && Date.parse(verdict.allowedFrom) <= now) return null;
  return verdict.reason ?? 'Not possible now.';
}
