import { readdirSync, readFileSync } from 'node:fs';
import type { CommandRuntime } from '../../src/process/command-runtime.ts';
import { probeContainment, processGroup } from '../../src/process/containment.ts';
import { findExecutables } from '../../src/process/executables.ts';

const found = findExecutables(['sh', 'setpriv', 'unshare'], process.env.PATH ?? '');
export const executables = new Map([...found, ['node', process.execPath]]);

/** Both ways of keeping a tree together that this machine has; on Linux a namespace must be among them. */
export const runtimes: readonly CommandRuntime[] = await Promise.all([
  probeContainment(executables).then((containment) => ({ executables, containment })),
  Promise.resolve({ executables, containment: processGroup }),
]);

/** Processes of this machine that have a word among their arguments. */
export function processesWith(word: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(word);
      } catch {
        return false;
      }
    })
    .map(Number);
}

let words = 0;
/** A number of seconds that no other process sleeps, so that its sleeper can be found. */
export function marker(): string {
  words += 1;
  return `9${process.pid}.${words}`;
}
