import { z } from 'zod';
import { line } from '../shape/text.ts';

/** A username as typed. Twins that only look equal are folded before it is looked up. */
export const username = line(100).meta({ example: 'operator' });

/** A password as typed: never trimmed, normalised or kept. */
export const password = z.string().min(1).max(1_024).meta({ format: 'password' });
