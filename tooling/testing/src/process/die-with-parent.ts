import { existsSync } from 'node:fs';

const SETPRIV = ['/usr/bin/setpriv', '/bin/setpriv'].find((path) => existsSync(path));

/**
 * The command line under which a program dies when its parent is killed, where the system can do that (Linux
 * with util-linux); elsewhere the command line as it is. The process number is the program's own either way.
 */
export function dieWithParent(
  command: string,
  args: readonly string[],
): { readonly command: string; readonly args: readonly string[] } {
  if (process.platform !== 'linux' || SETPRIV === undefined) return { command, args };
  return { command: SETPRIV, args: ['--pdeathsig', 'KILL', '--', command, ...args] };
}
