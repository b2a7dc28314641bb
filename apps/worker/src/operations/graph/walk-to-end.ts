import { OperationFailure } from '../failures.ts';
import { observeFailure } from './observe.ts';
import type { GraphSession } from './session.ts';
import type { Walked } from './walk.ts';

/** How often a listing is begun in one run. */
const mostWalks = 3;

/**
 * Walks over a listing until a walk is not cut short by a link that was no longer good, and answers all walks; the last
 * one is what counts.
 * @param begin makes the steps of a walk; `name` tells them from those of the walks before
 */
export async function walkToEnd<Kept>(
  { context, operation }: GraphSession,
  name: string,
  begin: (name: string) => Promise<Walked<Kept>>,
): Promise<readonly [...Walked<Kept>[], Walked<Kept>]> {
  const earlier: Walked<Kept>[] = [];
  for (let number = 1; number <= mostWalks; number += 1) {
    const walked = await begin(number === 1 ? name : `${name} again (${number})`);
    if (walked.kind !== 'expired') return [...earlier, walked];
    earlier.push(walked);
    await context.log('warning', 'The provider no longer knows where the listing stood; it starts anew.');
  }
  const error = {
    code: 'provider_unavailable',
    message: 'The provider lost the place in the listing again and again.',
  } as const;
  await observeFailure(context, operation, error);
  throw new OperationFailure(error, false);
}
