import type { StartOutcome } from '@signalbox/contracts/gate/start-outcome';
import type { RunAction } from '@signalbox/domain/run/actions';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, queryClient, trpc } from '../client/api.ts';
import { makeStartKeys } from '../gate/start-key.ts';
import type { RunView } from './run-view.ts';

/** The two ways to run something again; both are new runs and pass the start gate. */
export type Again = 'replay' | 'retry_failed_items';

/** Replays a run or retries its failed items. One key per intention: a double click is one run. */
export function useRunAgain(id: number) {
  const [keys] = useState(makeStartKeys);
  return useMutation({
    mutationFn: async (action: Again): Promise<StartOutcome> => {
      const context = { idempotencyKey: keys.keyOf({ action, id }) };
      if (action === 'replay') return api.run.replay.mutate({ id }, { context });
      return api.run.retryFailedItems.mutate({ id }, { context });
    },
    onSuccess: (outcome, action) => {
      if (outcome.run !== undefined) keys.used({ action, id });
      void queryClient.invalidateQueries({ queryKey: trpc.run.get.queryKey({ id }) });
      void queryClient.invalidateQueries({ queryKey: trpc.run.list.queryKey() });
    },
  });
}

export type RunAgain = ReturnType<typeof useRunAgain>;

/** Why an action cannot be taken now, in the server's words; null when it can. */
export function refusalOf(run: RunView, action: RunAction): string | null {
  const verdict = run.allowedActions.find((one) => one.action === action);
  return verdict === undefined || verdict.allowed ? null : (verdict.reason ?? 'Not possible now.');
}
