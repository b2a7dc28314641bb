import { z } from 'zod';

/** A moment in UTC, ISO 8601 with milliseconds, from the database clock. */
export const moment = z.iso.datetime().meta({ example: '2026-03-14T02:15:00.000Z' });

/** A moment given by a caller: ISO 8601 with `Z` or an offset. */
export const givenMoment = z.iso.datetime({ offset: true }).meta({ example: '2026-03-14T02:15:00Z' });

/** A duration in whole milliseconds. */
export const milliseconds = z.int().min(0);
