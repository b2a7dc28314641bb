import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { isObjectName } from '@signalbox/domain/provisioning/names';
import { OperationFailure } from '../operations/failures.ts';

/** What can be installed on a server: a folder of scripts that is shipped with the worker. */
export interface TaskService {
  readonly name: string;
  readonly title: string;
  readonly version: string;
  /** One sentence. */
  readonly description: string;
  /** What goes to the server, by its path there. */
  readonly files: ReadonlyMap<string, string>;
  /** Over all files: another digest is another service, even under the same version. */
  readonly digest: string;
}

export type TaskServices = ReadonlyMap<string, TaskService>;

const shippedWith = fileURLToPath(new URL('../../task-services/', import.meta.url));
const needed = ['install.sh', 'configure.sh', 'restart.sh', 'delete.sh', 'health.sh', 'serve.sh', 'about'];

/**
 * Reads every task service, once, at start.
 * @throws Error for a folder that is none
 */
export async function readTaskServices(directory: string = shippedWith): Promise<TaskServices> {
  const lib = await readFile(`${directory}/lib.sh`, 'utf8');
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const services = await Promise.all(names.sort().map((name) => readOne(directory, { name, lib })));
  return new Map(services.map((service) => [service.name, service]));
}

async function readOne(
  directory: string,
  { name, lib }: { name: string; lib: string },
): Promise<TaskService> {
  const there = await readdir(`${directory}/${name}`);
  const missing = needed.filter((file) => !there.includes(file));
  if (!isObjectName(name) || missing.length > 0) {
    throw new Error(`The task service ${name} is not one: ${missing.join(', ') || 'its name'}.`);
  }
  const files = new Map([['task-services/lib.sh', lib]]);
  for (const file of there.sort()) {
    files.set(`task-services/${name}/${file}`, await readFile(`${directory}/${name}/${file}`, 'utf8'));
  }
  const facts = readFacts(files.get(`task-services/${name}/about`) ?? '');
  const { title = name, version = '', description = '' } = facts;
  const digest = createHash('sha256')
    .update(JSON.stringify([...files]))
    .digest('hex');
  return { name, title, version, description, files, digest };
}

/** Lines `name=value`. */
export function readFacts(text: string): Readonly<Record<string, string>> {
  const pairs = text.split('\n').flatMap((line) => {
    const at = line.indexOf('=');
    return at > 0 ? [[line.slice(0, at), line.slice(at + 1)] as const] : [];
  });
  return Object.fromEntries(pairs);
}

/**
 * A task service by its name.
 * @throws OperationFailure for any other text
 */
export function taskServiceNamed(services: TaskServices, name: string): TaskService {
  const service = services.get(name);
  if (service !== undefined) return service;
  const named = isObjectName(name) ? ` named ${name}` : ' of that name';
  throw new OperationFailure({ code: 'not_found', message: `There is no task service${named}.` }, false);
}
