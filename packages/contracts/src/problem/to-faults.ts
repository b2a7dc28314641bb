import type { z } from 'zod';
import type { FieldFault } from './problem.ts';

/** The most faults one answer lists; a request with more is told so by the last of them. */
const most = 50;

/** An RFC 6901 pointer for a path of keys and indexes. */
export function toPointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Turns what zod found into pointers and sentences. `base` is put before each pointer. */
export function toFaults(error: z.core.$ZodError, base = ''): FieldFault[] {
  const faults = error.issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') {
      return [{ pointer: base + toPointer(issue.path), detail: issue.message }];
    }
    return issue.keys.map((key) => ({
      pointer: base + toPointer([...issue.path, key]),
      detail: 'is not a known field',
    }));
  });
  if (faults.length <= most) return faults;
  return [...faults.slice(0, most), { pointer: base, detail: `and ${faults.length - most} more faults` }];
}
