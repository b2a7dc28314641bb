import { readlinkSync } from 'node:fs';

/**
 * Whether a process runs under this number. On Linux one that has ended but was not collected by its parent
 * (a zombie) counts as gone: who inherits orphans in a container may collect them late or never.
 */
export function isAlive(pid: number): boolean {
  try {
    if (process.platform === 'linux') readlinkSync(`/proc/${pid}/exe`);
    else process.kill(pid, 0);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'EACCES' || code === 'EPERM';
  }
}
