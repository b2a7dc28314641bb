import { z } from 'zod';
import { entityId } from '../shape/ids.ts';
import { name } from '../shape/text.ts';
import { moment } from '../shape/time.ts';

/** Pages whose views can be kept. */
export const viewPage = z.enum(['runs']).meta({ example: 'runs' });

/** What a member calls a view. */
export const viewName = name(60).meta({ example: 'Failed at night' });

/**
 * The search string of a page, with its `?`, or nothing for the plain page. It is only ever given to the page it
 * belongs to, which takes from it what it understands.
 */
export const viewSearch = z
  .string()
  .max(2_000)
  .regex(/^(\?[\x21-\x22\x24-\x7e]*)?$/, {
    error: 'must be a search string: a ? and what follows it in a URL',
  })
  .meta({ example: '?status=failed&last=24h' });

/** A view of a list that a member kept under a name. */
export const savedView = z
  .object({
    id: entityId,
    page: viewPage,
    name: z.string(),
    search: z.string(),
    createdAt: moment,
    updatedAt: moment,
  })
  .meta({ id: 'SavedView' });
export type SavedView = z.infer<typeof savedView>;
