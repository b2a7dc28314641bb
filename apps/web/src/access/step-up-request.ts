import { useSyncExternalStore } from 'react';

/** Whether a fresh code was given. */
type Answer = (given: boolean) => void;

let waiting: readonly Answer[] = [];
const listeners = new Set<() => void>();

function change(next: readonly Answer[]): void {
  waiting = next;
  for (const tell of listeners) tell();
}

/** Asks the person for a fresh code. All who ask at the same time share the one question. */
export function askForFreshCode(): Promise<boolean> {
  return new Promise((resolve) => change([...waiting, resolve]));
}

/** Answers everybody who asked. */
export function answerFreshCode(given: boolean): void {
  const asked = waiting;
  change([]);
  for (const answer of asked) answer(given);
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

/** Whether the question is open. */
export function useFreshCodeAsked(): boolean {
  return useSyncExternalStore(subscribe, () => waiting.length > 0);
}
