import type { StartOutcome } from '@signalbox/contracts/gate/start-outcome';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { queryClient, trpc } from '../client/api.ts';
import { formatClock } from '../clock/format-time.ts';
import { usePreferences } from '../preferences/use-preferences.ts';
import { toast } from '../ui/toasts.tsx';
import { type StartCall, send } from './start-body.ts';
import { makeStartKeys } from './start-key.ts';
import { type Foretold, verdictChange } from './verdict-change.ts';

interface Submission {
  readonly call: StartCall;
  /** The verdict on the page when the button was pressed; asked later it would already see the new run. */
  readonly foretold: Foretold | undefined;
}

/** The start itself. Its keys are as old as the form, so that whatever is sent twice is one run. */
export function useStart(ws: string) {
  const [keys] = useState(makeStartKeys);
  const router = useRouter();
  const { time, afterStart } = usePreferences();
  const clock = (at: number) => formatClock(at, time === 'utc' ? 'utc' : 'local');
  const start = useMutation({
    mutationFn: ({ call }: Submission) => send(call, keys.keyOf(call)),
    // Offline it fails at once and can be sent again; it must not leave by itself, minutes later.
    networkMode: 'always',
    onSuccess: (outcome: StartOutcome, { call, foretold }) => {
      if (outcome.run !== undefined) keys.used(call);
      void queryClient.invalidateQueries({ queryKey: trpc.run.list.queryKey() });
      if (outcome.outcome !== 'accepted' || outcome.run === undefined) return;
      const href = `/w/${ws}/runs/${outcome.run.id}`;
      const asForetold = foretold === undefined || verdictChange(foretold, outcome, clock) === null;
      if (afterStart === 'open' && asForetold) router.history.push(href);
      else {
        toast(
          `Run #${outcome.run.id} was accepted`,
          <a
            href={href}
            className="link"
            onClick={(event) => {
              event.preventDefault();
              router.history.push(href);
            }}
          >
            Open it
          </a>,
        );
      }
    },
  });
  const { foretold } = start.variables ?? {};
  return {
    ...start,
    /** How the answer differs from the verdict that was on the page. */
    change: start.data && foretold ? verdictChange(foretold, start.data, clock) : null,
    clock,
  };
}

export type Start = ReturnType<typeof useStart>;
