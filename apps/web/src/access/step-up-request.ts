import { useEffect, useState } from 'react';

/** Told whether a fresh code was given. */
type Answer = (given: boolean) => void;

let ask = (answer: Answer): void => answer(false);

/** Asks the person for a fresh code. All who ask at the same time share the one question. */
export function askForFreshCode(): Promise<boolean> {
  return new Promise((resolve) => ask(resolve));
}

/** Whoever waits for an answer, and how to answer them all. Used in one place of the page. */
export function useFreshCodeQuestion(): Answer | null {
  const [waiting, setWaiting] = useState<Answer[]>([]);
  useEffect(() => {
    ask = (answer) => setWaiting((others) => [...others, answer]);
  }, []);
  if (waiting.length === 0) return null;
  return (given) => {
    setWaiting([]);
    for (const answer of waiting) answer(given);
  };
}
