import { z } from 'zod';

/** A moment in UTC, ISO 8601 with milliseconds, from the database clock. */
export const moment = z.iso.datetime().meta({ example: '2026-03-14T02:15:00.000Z' });

/**
 * A moment given by a caller: ISO 8601 with `Z` or an offset. An offset can carry it out of the years that both
 * JavaScript's text form and PostgreSQL know, so the moment itself is judged too.
 */
export const givenMoment = z.iso
  .datetime({ offset: true })
  .refine(
    (text) => {
      const year = new Date(text).getUTCFullYear();
      return year >= 1 && year <= 9999;
    },
    { error: 'must lie in the years 1 to 9999 in UTC' },
  )
  .meta({ example: '2026-03-14T02:15:00Z' });

/** A duration in whole milliseconds. */
export const milliseconds = z.int().min(0);
