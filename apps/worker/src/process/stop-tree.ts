import { readFileSync } from 'node:fs';

const sigtermBit = 1n << 14n;

/**
 * Asks the tree of a command to end.
 * @returns false when its first process does not listen, so that asking and waiting would be in vain: the first process
 * of a namespace is not ended by a TERM that it does not catch, while any other is
 */
export function askToEnd(pid: number, namespaced: boolean): boolean {
  const first = namespaced ? childOf(pid) : null;
  // Not told first: with what it waits for ended, it would go on until the kill.
  if (first !== null && catchesTerm(first) === false) return false;
  signalGroup(pid, 'SIGTERM');
  return true;
}

/** Kills the tree of a command. In a namespace nothing of it is left; else nothing of the process group. */
export function killTree(pid: number): void {
  signalGroup(pid, 'SIGKILL');
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // There is nobody left to tell.
  }
}

/** The command itself, which unshare has forked; null where the kernel does not say. */
function childOf(pid: number): number | null {
  try {
    const [first] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').trim().split(' ');
    return first === undefined || first === '' ? null : Number(first);
  } catch {
    return null;
  }
}

function catchesTerm(pid: number): boolean | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    const mask = /^SigCgt:\s*([\da-f]+)$/m.exec(status)?.[1];
    return mask === undefined ? null : (BigInt(`0x${mask}`) & sigtermBit) !== 0n;
  } catch {
    return null;
  }
}
