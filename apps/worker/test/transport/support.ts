import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openCommandRuntime } from '../../src/process/command-runtime.ts';
import { openTransport } from '../../src/transport/open-transport.ts';
import type { Transport } from '../../src/transport/transport.ts';
import { startSshServer, user } from './ssh-server.ts';

export const never = new AbortController().signal;
export const runtime = await openCommandRuntime({ path: process.env.PATH ?? '' });
/** Below it the servers of a test file are folders. It goes with the file, and the processes with it. */
export const root = realpathSync(mkdtempSync(join(tmpdir(), 'signalbox-servers-')));
export const server = await startSshServer();

afterAll(async () => {
  rmSync(root, { recursive: true, force: true, maxRetries: 5 });
  await server.close();
});

export interface Bench {
  readonly kind: 'local' | 'ssh';
  /** A way to the server, and the folder that it is. */
  open(name: string): Promise<{ transport: Transport; folder: string }>;
}

const folderOf = (kind: string, name: string): string => {
  const folder = join(root, `${kind}-${name}`);
  mkdirSync(folder, { recursive: true });
  return folder;
};

export const benches: readonly Bench[] = [
  {
    kind: 'local',
    open: async (name) => {
      const folder = folderOf('local', name);
      const transport = await openTransport(`local:${folder}`, { runtime, roots: [root], ssh: null });
      return { transport, folder };
    },
  },
  {
    kind: 'ssh',
    open: async (name) => {
      const folder = folderOf('ssh', name);
      const ssh = { hostKeys: [server.hostKey], privateKey: server.userKey, directory: folder };
      const address = `ssh://${user}@127.0.0.1:${server.port}`;
      return { transport: await openTransport(address, { runtime, roots: [], ssh }), folder };
    },
  },
];

/** Lines that a script says. */
export function keepLines(): { lines: string[]; line(level: string, text: string): void } {
  const lines: string[] = [];
  return { lines, line: (level, text) => void lines.push(`${level} ${text}`) };
}
