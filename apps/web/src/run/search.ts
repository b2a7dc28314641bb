import * as z from 'zod/mini';

/** The parts of a run, in the order of their tabs. */
export const runTabs = ['timeline', 'items', 'log', 'data', 'preview', 'audit', 'raw'] as const;
export type RunTab = (typeof runTabs)[number];

const word = z.catch(z.optional(z.string().check(z.minLength(1), z.maxLength(200))), undefined);

/** What the rows of a timeline can be sorted by. Without any they stand in the order they began. */
const timelineSorts = [
  '-began',
  'label',
  '-label',
  'waited',
  '-waited',
  'worked',
  '-worked',
  'state',
  '-state',
] as const;
export type TimelineSort = (typeof timelineSorts)[number];

/** One run in the URL: which part is open, which items are shown. */
export const runSearch = z.object({
  tab: z.catch(z.optional(z.enum(runTabs)), undefined),
  outcome: z.catch(z.optional(z.enum(['succeeded', 'failed', 'skipped', 'remaining'])), undefined),
  /** The timeline as a table, and what its rows are sorted by; a leading minus turns the order round. */
  show: z.catch(z.optional(z.literal('table')), undefined),
  sort: z.catch(z.optional(z.enum(timelineSorts)), undefined),
  /** The row of the timeline that is open, counted from the first; 0 for none. */
  row: z.catch(z.optional(z.coerce.number().check(z.int(), z.minimum(0), z.maximum(1_000_000))), undefined),
  level: z.catch(z.optional(z.enum(['warning', 'error'])), undefined),
  q: word,
  /** Of the log: lines of one step; only the matches; long lines as they are; without times; as one plain text. */
  step: word,
  only: z.catch(z.optional(z.literal('matches')), undefined),
  wrap: z.catch(z.optional(z.literal('off')), undefined),
  times: z.catch(z.optional(z.literal('off')), undefined),
  as: z.catch(z.optional(z.literal('text')), undefined),
});
export type RunSearch = z.infer<typeof runSearch>;
