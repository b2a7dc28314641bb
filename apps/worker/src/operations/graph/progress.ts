import type { RunContext } from '../../executor/run-context.ts';

/** Least step between two reports, as a share of the whole. */
const leastStep = 0.02;

/** Makes a function that reports how much of `total` items is done, and what was done last; call it after each result. */
export function createProgress(context: RunContext, total: number): (message: string) => Promise<void> {
  let reported = -1;
  return async (message) => {
    const fraction = total === 0 ? 1 : 1 - context.items.open().length / total;
    if (fraction < 1 && fraction - reported < leastStep) return;
    reported = fraction;
    await context.progress(fraction, message);
  };
}
