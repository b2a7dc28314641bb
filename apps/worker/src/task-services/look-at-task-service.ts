import type { Transport } from '../transport/transport.ts';
import { readFacts, type TaskService } from './catalogue.ts';

/** A task service as it is on a server. */
export type TaskServiceState =
  /** Nothing of it is there. */
  | { readonly state: 'absent' }
  /** Some of it is there, from an attempt that did not come to its end. */
  | { readonly state: 'unfinished' }
  /** `answers` says whether its process does; `current` whether it is what would be installed now. */
  | {
      readonly state: 'installed';
      readonly version: string;
      readonly answers: boolean;
      readonly current: boolean;
    };

const healthMs = 30_000;

/** Looks at the state file and asks the process. Changes nothing. */
export async function lookAtTaskService(
  transport: Transport,
  service: TaskService,
  signal: AbortSignal,
): Promise<TaskServiceState> {
  const scripts = await readText(transport, `task-services/${service.name}/digest`, signal);
  const kept = await readText(transport, `services/${service.name}/state`, signal);
  if (kept === null) return { state: scripts === null ? 'absent' : 'unfinished' };
  const { version = '', scripts: installedBy } = readFacts(kept);
  const current = version === service.version && installedBy === service.digest;
  // Without its scripts nobody can ask it.
  if (scripts === null) return { state: 'installed', version, answers: false, current: false };
  const script = `task-services/${service.name}/health.sh`;
  const health = { script, args: [], timeoutMs: healthMs };
  const { exitCode } = await transport.run(health, { line: () => undefined }, signal);
  return { state: 'installed', version, answers: exitCode === 0, current };
}

async function readText(transport: Transport, path: string, signal: AbortSignal): Promise<string | null> {
  const content = await transport.read(path, signal);
  return content === null ? null : Buffer.from(content).toString('utf8').trim();
}
