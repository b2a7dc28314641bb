import type { OperationFailure } from '../../operations/failures.ts';
import { memberOf } from '../http/safe-code.ts';
import type { Server } from '../servers/server-provider.ts';
import { list } from '../upcloud/read-server.ts';
import { withCopy } from './infra-folder.ts';
import { runTerraform, type TerraformSettings, unavailable } from './terraform-command.ts';

/** The servers in the state of an infra. Reads a copy, so it waits for nobody and nobody for it. */
export async function showServers(
  settings: TerraformSettings,
  folder: string,
  signal: AbortSignal,
): Promise<readonly Server[]> {
  return withCopy(
    folder,
    async (copy, hasState) => {
      if (!hasState) return [];
      let text = '';
      const onLine = (line: string): void => {
        text += line;
      };
      const exit = await runTerraform(settings, { folder: copy, args: ['show', '-json'], onLine }, signal);
      if (exit !== 0) throw unreadable();
      return readServers(text);
    },
    signal,
  );
}

function readServers(text: string): Server[] {
  const root = memberOf(memberOf(JSON.parse(text), 'values'), 'root_module');
  return list(memberOf(root, 'resources')).flatMap((resource) => {
    if (memberOf(resource, 'type') !== 'terraform_data' || memberOf(resource, 'name') !== 'server') return [];
    const values = memberOf(resource, 'values');
    const input = memberOf(values, 'input');
    const externalId = memberOf(values, 'id');
    const [name, plan, zone] = ['name', 'plan', 'zone'].map((key) => memberOf(input, key));
    if (typeof name !== 'string' || typeof plan !== 'string') throw unreadable();
    if (typeof zone !== 'string' || typeof externalId !== 'string') throw unreadable();
    // What ended in an error halfway is in the state too.
    const state = memberOf(resource, 'tainted') === true ? 'failed' : 'running';
    return [{ name, plan, zone, externalId, state, address: null } as const];
  });
}

function unreadable(): OperationFailure {
  return unavailable('Terraform could not read the state of the infra.');
}
