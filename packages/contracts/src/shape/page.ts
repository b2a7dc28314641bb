import { z } from 'zod';

/** How many rows a list gives when the caller does not say. */
export const defaultPageSize = 50;

/** The most rows one page holds. */
export const largestPageSize = 200;

/** Where the next page begins, as an earlier answer gave it. Signed: a changed one is refused. */
export const cursor = z
  .string()
  .min(1)
  .max(512)
  .regex(/^[A-Za-z0-9_.-]+$/)
  .meta({ description: 'The `nextCursor` of an earlier answer' });

/** Members of the query of every list. */
export const pageQuery = {
  limit: z
    .int()
    .min(1)
    .max(largestPageSize)
    .default(defaultPageSize)
    .meta({ description: 'Rows per page', example: defaultPageSize }),
  cursor: cursor.optional(),
};

/** A page of `item`; `nextCursor` is null on the last one. */
export function page<TItem extends z.ZodType>(item: TItem) {
  return z.object({
    items: z.array(item),
    nextCursor: z.string().nullable().meta({ description: 'Null on the last page' }),
  });
}
