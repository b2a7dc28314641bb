import { z } from 'zod';

/** A connection check takes nothing: the connection is named by the start itself. */
export const connectionCheckInput = z.strictObject({});
