import { type Containment, probeContainment } from './containment.ts';
import { type Executables, findExecutables, programAt } from './executables.ts';

/** What running commands needs from the process it runs in. Made once, at start. */
export interface CommandRuntime {
  readonly executables: Executables;
  readonly containment: Containment;
}

/** Every program that some operation of the worker may run. */
const names = ['sh', 'setpriv', 'unshare', 'terraform', 'tofu'] as const;

export interface CommandSettings {
  /** Where programs are looked for: the PATH of the worker. */
  readonly path: string;
  /** Absolute path of the program used as `terraform`, instead of the one on the PATH. */
  readonly terraform?: string;
}

/** Finds the programs and tries how their trees can be kept together. */
export async function openCommandRuntime({ path, terraform }: CommandSettings): Promise<CommandRuntime> {
  const executables = new Map(findExecutables(names, path));
  if (terraform !== undefined) {
    const file = programAt(terraform);
    executables.delete('terraform');
    executables.delete('tofu');
    if (file !== null) executables.set('terraform', file);
  }
  return { executables, containment: await probeContainment(executables) };
}
