import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { anyFreePort } from './port.ts';
import { keptSecret, newToken } from './secret-files.ts';
import type { Program, Supervised } from './supervise.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** What stands in for services that a demo cannot reach. */
export interface Emulators {
  readonly graph: { readonly url: string; readonly token: string };
  readonly upcloud: { readonly url: string; readonly token: string };
  readonly aws: { readonly url: string; readonly token: string };
  /** Below it every emulated server is a folder. */
  readonly serversDir: string;
}

type Run = (program: Omit<Program, 'logFile'>) => Promise<Supervised>;

/** Starts the emulators of a demo, each a process with its state in the data directory. */
export async function startEmulators(dataDir: string, run: Run): Promise<Emulators> {
  const token = await keptSecret(join(dataDir, 'emulator-token'), newToken);
  const serversDir = join(dataDir, 'servers');
  const start = async (name: string, folder: string, env: Program['env']): Promise<string> => {
    const port = await anyFreePort();
    const prefix = `${folder.toUpperCase()}_EMULATOR`;
    await run({
      name: `${name} emulator`,
      script: join(root, `tooling/emulators/src/${folder}/main.ts`),
      env: {
        [`${prefix}_PORT`]: String(port),
        [`${prefix}_STATE_DIR`]: join(dataDir, folder),
        [`${prefix}_ADMIN_TOKEN`]: token,
        ...env,
      },
      ready: /listening/,
    });
    return `http://127.0.0.1:${port}`;
  };
  const [graph, upcloud, aws] = await Promise.all([
    start('Graph', 'graph', {}),
    start('UpCloud', 'upcloud', { UPCLOUD_EMULATOR_SANDBOX_DIR: serversDir }),
    start('EC2', 'aws', { AWS_EMULATOR_SANDBOX_DIR: serversDir }),
  ]);
  return {
    graph: { url: graph, token },
    upcloud: { url: upcloud, token },
    aws: { url: aws, token },
    serversDir,
  };
}
