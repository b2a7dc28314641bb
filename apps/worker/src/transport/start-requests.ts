import { spawn } from 'node:child_process';
import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isObjectName } from '@signalbox/domain/provisioning/names';
import { environmentOf } from './script-environment.ts';

const lookEveryMs = 50;

/**
 * Stands in for the init of a server that is a folder. Whatever a script starts ends with the script, as it should; the
 * process of a task service must live on. So the script asks for it by a file `init/<service>` holding a token, and here
 * `task-services/<service>/serve.sh <token>` is started outside of the script's tree. Nothing else can be asked for.
 * @returns ends the looking, after a last look
 */
export function serveStartRequests(folder: string, sh: string): () => void {
  const init = join(folder, 'init');
  mkdirSync(init, { recursive: true });
  const look = (): void => {
    try {
      if (!lstatSync(init).isDirectory()) return;
      for (const name of readdirSync(init)) tryOne(folder, { name, sh });
    } catch {
      // The folder is going away with its server.
    }
  };
  const timer = setInterval(look, lookEveryMs);
  return () => {
    clearInterval(timer);
    look();
  };
}

function tryOne(folder: string, request: { name: string; sh: string }): void {
  try {
    startOne(folder, request);
  } catch {
    // Taken by another worker, or going away; the others are served all the same.
  }
}

function startOne(folder: string, { name, sh }: { name: string; sh: string }): void {
  if (!isObjectName(name)) return;
  const request = join(folder, 'init', name);
  const script = join(folder, 'task-services', name, 'serve.sh');
  if (!lstatSync(request).isFile() || !lstatSync(script).isFile()) return;
  const token = readFileSync(request, 'latin1').trim();
  // Taken before it is served: of several workers that look, the one that removes it starts the process.
  rmSync(request);
  if (!/^[\w.]{1,64}$/.test(token)) return;
  const options = { cwd: '/', env: environmentOf(folder), stdio: 'ignore', detached: true } as const;
  const service = spawn(sh, [script, token], options);
  service.on('error', () => undefined);
  service.unref();
}
