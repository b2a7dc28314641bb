import { z } from 'zod';

/** The input of an operation that takes nothing: what it works on is named by the start itself. */
export const emptyInput = z.strictObject({});
