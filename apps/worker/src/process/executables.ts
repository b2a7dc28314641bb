import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { basename, delimiter, dirname, isAbsolute, join } from 'node:path';

/**
 * The programs that commands may name, each with its absolute path. It is made once, at start, so that nothing which
 * happens later (a request, a file in a working directory, a changed PATH) can put another program in their place.
 */
export type Executables = ReadonlyMap<string, string>;

/** Looks names up along a search path. A name that is not found is left out; places that are not absolute are not looked at. */
export function findExecutables(names: readonly string[], path: string): Executables {
  const places = path.split(delimiter).filter(isAbsolute);
  const found = new Map<string, string>();
  for (const name of names) {
    for (const place of places) {
      const file = programAt(join(place, name));
      if (file === null) continue;
      found.set(name, file);
      break;
    }
  }
  return found;
}

/**
 * The program at an absolute path, or null when there is none that may be run. Its directory is real-pathed; its own
 * name stays, because programs such as busybox ask what they were called as.
 */
export function programAt(file: string): string | null {
  if (!isAbsolute(file)) return null;
  try {
    const real = join(realpathSync(dirname(file)), basename(file));
    if (!statSync(real).isFile()) return null;
    accessSync(real, constants.X_OK);
    return real;
  } catch {
    return null;
  }
}
