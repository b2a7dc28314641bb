import * as z from 'zod/mini';

/** The parts of a run, in the order of their tabs. */
export const runTabs = ['timeline', 'items', 'log', 'data', 'preview', 'audit', 'raw'] as const;
export type RunTab = (typeof runTabs)[number];

/** One run in the URL: which part is open, which items are shown. */
export const runSearch = z.object({
  tab: z.catch(z.optional(z.enum(runTabs)), undefined),
  outcome: z.catch(z.optional(z.enum(['succeeded', 'failed', 'skipped', 'remaining'])), undefined),
  level: z.catch(z.optional(z.enum(['warning', 'error'])), undefined),
  q: z.catch(z.optional(z.string().check(z.minLength(1), z.maxLength(200))), undefined),
});
export type RunSearch = z.infer<typeof runSearch>;
