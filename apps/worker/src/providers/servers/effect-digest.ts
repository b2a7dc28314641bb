import { createHash } from 'node:crypto';

/** An effect key as 64 hexadecimal digits: the same each time, and fit for the labels and tokens of every provider. */
export function effectDigest(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
