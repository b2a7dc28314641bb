import type { StartOutcome } from '@signalbox/contracts/gate/start-outcome';
import type { OnboardingTask } from '@signalbox/domain/onboarding/tasks';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../client/api.ts';
import { makeStartKeys } from '../gate/start-key.ts';
import type { Wizard } from './use-wizard.ts';

interface Answer {
  readonly outcome?: StartOutcome;
  readonly error?: unknown;
}

/** Starts a task through the gate and remembers what was answered, by task, until it is started again. */
export function useTaskStart(wizard: Wizard) {
  const [keys] = useState(makeStartKeys);
  const [answers, setAnswers] = useState<Partial<Record<OnboardingTask, Answer>>>({});
  const note = (task: OnboardingTask, answer: Answer) => setAnswers((old) => ({ ...old, [task]: answer }));
  const start = useMutation({
    mutationFn: (task: OnboardingTask) => {
      const body = { id: wizard.session.id, task };
      return api.onboarding.startTask.mutate(body, { context: { idempotencyKey: keys.keyOf(body) } });
    },
    onMutate: (task) => note(task, {}),
    onSuccess: (outcome, task) => {
      if (outcome.run !== undefined) keys.used({ id: wizard.session.id, task });
      note(task, { outcome });
    },
    onError: (error, task) => note(task, { error }),
    onSettled: () => wizard.reread(),
  });
  return { ...start, answers };
}
