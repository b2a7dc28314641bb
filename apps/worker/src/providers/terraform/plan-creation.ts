import { join } from 'node:path';
import type { ServerSpec } from '../servers/server-provider.ts';
import { targets, variables } from './configuration.ts';
import { withCopy, writeWhole } from './infra-folder.ts';
import { readEvent } from './stream.ts';
import { runTerraform, type TerraformSettings, unavailable } from './terraform-command.ts';

/**
 * Asks terraform what making servers would do, in a copy of the infra: nothing is locked or written.
 * @returns why each that it would not make cannot be made
 */
export async function planCreation(
  settings: TerraformSettings,
  { folder, wanted }: { readonly folder: string; readonly wanted: readonly ServerSpec[] },
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  if (wanted.length === 0) return new Map();
  const planned = new Set<string>();
  let said: string | null = null;
  const onLine = (line: string): void => {
    const event = readEvent(line);
    if (event?.type === 'planned' && event.action === 'create') planned.add(event.name);
    if (event?.type === 'diagnostic' && event.severity === 'error') said = `Terraform: ${event.summary}.`;
  };
  const exit = await withCopy(
    folder,
    async (copy) => {
      const values = join(copy, 'wanted.json');
      await writeWhole(values, JSON.stringify(variables(wanted, (name) => name)));
      const names = wanted.map(({ name }) => name);
      const args = ['plan', '-json', '-input=false', '-lock=false', `-var-file=${values}`, ...targets(names)];
      return runTerraform(settings, { folder: copy, args, onLine }, signal);
    },
    signal,
  );
  // It always says why, so it was killed.
  if (exit !== 0 && said === null) throw unavailable('Terraform was ended halfway.');
  const refused = wanted.filter(({ name }) => exit !== 0 || !planned.has(name));
  return new Map(refused.map(({ name }) => [name, said ?? 'Terraform would not make it.']));
}
