import * as z from 'zod/mini';

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/** The list of checkpoints in the URL. */
export const checkpointsSearch = z.object({
  cursor: z.catch(z.optional(z.string().check(z.regex(/^[A-Za-z0-9_.-]{1,512}$/))), undefined),
  /** One or two that are chosen to be compared, in the order in which they were. */
  compare: z.catch(
    z.optional(z.string().check(z.regex(new RegExp(`^${uuid}(?:,${uuid})?$`, 'i')))),
    undefined,
  ),
  /** Whether the form for a new one is open. */
  open: z.catch(z.optional(z.enum(['new'])), undefined),
});

/** The ids that are chosen. */
export function comparedOf(compare: string | undefined): readonly string[] {
  return compare === undefined ? [] : [...new Set(compare.toLowerCase().split(','))];
}

/** What is chosen after a tick: a third one takes the place of the first. */
export function toggleCompared(compare: string | undefined, id: string): string | undefined {
  const chosen = comparedOf(compare);
  const next = chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id].slice(-2);
  return next.length === 0 ? undefined : next.join(',');
}
