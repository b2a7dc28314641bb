import type { LogLevel } from '@signalbox/domain/run/events';
import { OperationFailure } from '../operations/failures.ts';
import type { Transport } from '../transport/transport.ts';
import type { TaskService } from './catalogue.ts';
import { lookAtTaskService } from './look-at-task-service.ts';

export type TaskServiceAction = 'install' | 'configure' | 'restart' | 'delete';

export interface TaskServiceWork {
  readonly action: TaskServiceAction;
  readonly service: TaskService;
  readonly transport: Transport;
  /** The server as its settings name it, and what it is for. */
  readonly server: { readonly name: string; readonly role: string };
  log(level: LogLevel, text: string): Promise<void>;
}

const scriptMs = 120_000;
const verbs = {
  install: 'Installing',
  configure: 'Configuring',
  restart: 'Restarting',
  delete: 'Deleting',
} as const;

/**
 * Does one thing with a task service on one server, and looks afterwards whether it is so. Safe to repeat: what is done
 * already is left alone.
 * @throws OperationFailure, or the signal's reason
 */
export async function runTaskService(
  work: TaskServiceWork,
  signal: AbortSignal,
): Promise<{ readonly changed: boolean }> {
  const { action, service, transport, server } = work;
  const { name, version } = service;
  const before = await lookAtTaskService(transport, service, signal);
  if (action === 'delete' && before.state === 'absent') {
    await work.log('info', `${server.name}: ${name} is not there.`);
    return { changed: false };
  }
  const installed = before.state === 'installed';
  if (action === 'install' && installed && before.current && before.answers) {
    await work.log('info', `${server.name}: ${name} ${version} is installed and answers.`);
    return { changed: false };
  }
  if (!installed && (action === 'configure' || action === 'restart')) {
    const message = `${name} is not installed on ${server.name}.`;
    throw new OperationFailure({ code: 'not_found', message, context: { service: name } }, false);
  }
  await putScripts(work, signal);
  await runScript(work, signal);
  const after = await lookAtTaskService(transport, service, signal);
  const sound = action === 'delete' ? after.state === 'absent' : after.state === 'installed' && after.answers;
  if (!sound) {
    const message = `${verbs[action]} ${name} on ${server.name} ended well, but it is not as it should be.`;
    throw new OperationFailure({ code: 'script_failed', message, context: { service: name } }, true);
  }
  return { changed: true };
}

/** The digest goes last, so that a half of the scripts is never taken for all of them. */
async function putScripts({ service, transport }: TaskServiceWork, signal: AbortSignal): Promise<void> {
  const mark = `task-services/${service.name}/digest`;
  const there = await transport.read(mark, signal);
  if (there !== null && Buffer.from(there).toString('utf8').trim() === service.digest) return;
  for (const [path, content] of service.files) await transport.put(path, content, signal);
  await transport.put(mark, `${service.digest}\n`, signal);
}

async function runScript(work: TaskServiceWork, signal: AbortSignal): Promise<void> {
  const { action, service, transport, server } = work;
  // Lines are told in their order, and all of them before anything else is.
  let told: Promise<void> = Promise.resolve();
  const line = (level: LogLevel, text: string): void => {
    told = told.then(() => work.log(level, `${server.name}: ${text}`));
    told.catch(() => undefined);
  };
  const script = `task-services/${service.name}/${action}.sh`;
  const args = action === 'install' || action === 'configure' ? [server.name, server.role] : [];
  const { exitCode } = await transport.run({ script, args, timeoutMs: scriptMs }, { line }, signal);
  await told;
  if (exitCode === 0) return;
  const doing = `${verbs[action]} ${service.name} on ${server.name}`;
  const message = `${doing} ended with exit code ${exitCode}; the log says why.`;
  const context = { service: service.name, exitCode };
  throw new OperationFailure({ code: 'script_failed', message, context }, false);
}
