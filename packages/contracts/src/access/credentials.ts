import { foldUsername, isNewUsername, usernameLength } from '@signalbox/domain/access/username';
import { z } from 'zod';
import { line } from '../shape/text.ts';

/** A username as typed. Twins that only look equal are folded before it is looked up. */
export const username = line(100).meta({ example: 'operator' });

/**
 * A password as typed: never trimmed, normalised or kept. The bound only limits the work of a guess; it has room for
 * every way to type the 1,024 characters a password may have.
 */
export const password = z.string().min(1).max(4_096).meta({ format: 'password' });

/** A password to be: at least 12 characters, not the username, not among the commonest. Nothing else is asked. */
export const newPassword = password.meta({
  format: 'password',
  description: '12 to 1,024 characters, other than the username and the commonest passwords',
});

/**
 * The username of somebody new: folded (NFKC, lower case), then letters a to z, digits, and `.`, `_`, `-` between
 * them, so that no two people have names that look equal.
 */
export const newUsername = z
  .string()
  .max(200)
  .overwrite(foldUsername)
  .refine(isNewUsername, {
    error: `must have ${usernameLength.min} to ${usernameLength.max} characters: letters a to z, digits, and single . _ or - between them`,
  })
  .meta({ example: 'ada.lovelace' });

/**
 * A code of the second factor, or a recovery code, as typed. What is no code is a wrong code, so its shape is not
 * judged here.
 */
export const code = z.string().max(64).meta({ example: '492039' });
