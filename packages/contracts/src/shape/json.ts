import { z } from 'zod';

/** A JSON object of no fixed shape. Depth (32) and size (1 MiB) are bounded where requests are read. */
export const jsonObject = z.record(z.string(), z.unknown()).meta({ description: 'A JSON object' });
