import { isIPv6 } from 'node:net';
import { join } from 'node:path';

/** How servers are reached from here. */
export interface Reach {
  /** Who signs in on a server. */
  readonly user: string;
  /**
   * Where the sandbox folders of emulated servers are; null for real ones. Only a setting of this very worker can turn
   * it on: whoever can label servers at a provider cannot make us work in a folder of ours.
   */
  readonly emulatedServersDir: string | null;
}

/** What a provider says about the way to a server. */
export interface Whereabouts {
  /** Public address; null while it has none. */
  readonly ip: string | null;
  /** The sandbox folder that an emulator names; null at a real provider. */
  readonly sandbox: string | null;
}

/** `local:<folder>` of an emulated server, `ssh://user@address` of a real one, null while there is none. */
export function addressOf({ ip, sandbox }: Whereabouts, reach: Reach): string | null {
  if (reach.emulatedServersDir !== null) {
    const plain = sandbox !== null && /^[\da-z][\da-z-]{0,62}$/.test(sandbox);
    return plain ? `local:${join(reach.emulatedServersDir, sandbox)}` : null;
  }
  if (ip === null) return null;
  return `ssh://${reach.user}@${isIPv6(ip) ? `[${ip}]` : ip}:22`;
}
