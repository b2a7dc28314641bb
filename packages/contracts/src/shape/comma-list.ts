import { z } from 'zod';

/**
 * A list in a query, written with commas: `status=failed,partial`. One word per name keeps `a=1&a=2` and `a[]=1`
 * refusable, and the same text works through REST and through the typed client.
 */
export function commaList<TItem extends z.ZodType<unknown, string>>(item: TItem, most = 20) {
  return z
    .string()
    .min(1)
    .max(2_000)
    .transform((value) => value.split(','))
    .pipe(z.array(item).min(1).max(most));
}

/** Writes a list the way `commaList` reads it; undefined for an empty one, which means no filter. */
export function toCommaList(values: readonly string[]): string | undefined {
  return values.length === 0 ? undefined : values.join(',');
}
