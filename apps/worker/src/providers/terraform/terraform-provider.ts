import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isObjectName, providerWordPattern } from '@signalbox/domain/provisioning/names';
import type { SafeError } from '@signalbox/domain/run/safe-error';
import type { CommandRuntime } from '../../process/command-runtime.ts';
import { runCommand } from '../../process/run-command.ts';
import { effectDigest } from '../servers/effect-digest.ts';
import type { Server, ServerProvider, ServerReports, ServerSpec } from '../servers/server-provider.ts';
import { apply } from './apply.ts';
import { variables } from './configuration.ts';
import { infraFolder, prepareFolder, writeWhole } from './infra-folder.ts';
import { planCreation } from './plan-creation.ts';
import { showServers } from './show-servers.ts';

export interface TerraformProviderOptions {
  /** Below it every infra has a directory: `<workspace>/<infra>`, shared by all workers that have the program. */
  readonly root: string;
  readonly workspace: string;
  readonly runtime: CommandRuntime;
  /** How programs are run; for tests. */
  readonly run?: typeof runCommand;
}

/** Servers that terraform keeps: one state for each infra, below one directory. */
export function createTerraformProvider(options: TerraformProviderOptions): ServerProvider {
  const { root, workspace, runtime, run = runCommand } = options;
  const settings = { runtime, run };
  const folderOf = (infra: string): string => infraFolder(root, workspace, infra);
  const look = async (infra: string, signal: AbortSignal): Promise<readonly Server[]> =>
    showServers(settings, folderOf(infra), signal);

  return {
    look,
    plan: async (infra, wanted, signal) => {
      const there = await look(infra, signal);
      const judged = wanted.map((spec) => ({ spec, problem: specProblem(spec, there) }));
      const isThere = (name: string): boolean => there.some((server) => server.name === name);
      const missing = judged.filter(({ spec, problem }) => problem === null && !isThere(spec.name));
      const refused = await planCreation(
        settings,
        { folder: folderOf(infra), wanted: missing.map(({ spec }) => spec) },
        signal,
      );
      return {
        changes: wanted.map(({ name }) => ({ action: isThere(name) ? 'keep' : 'create', name }) as const),
        problems: judged.flatMap(({ spec: { name }, problem }) => {
          const message = problem?.message ?? refused.get(name);
          return message === undefined ? [] : [{ name, message }];
        }),
      };
    },
    create: async (...[infra, wanted, reports, signal]) => {
      const folder = folderOf(infra);
      const there = await look(infra, signal);
      const missing: ServerSpec[] = [];
      for (const spec of wanted) if (!(await isSettled(spec, there, reports))) missing.push(spec);
      if (missing.length === 0) return;
      await prepareFolder(folder);
      // Named after what it holds, so that the next attempt writes over it.
      const names = missing.map(({ name }) => name);
      const values = join(
        folder,
        `wanted-${effectDigest(names.map(reports.key).join('\n')).slice(0, 16)}.json`,
      );
      await writeWhole(values, JSON.stringify(variables(missing, reports.key)));
      const specs = new Map(missing.map((spec) => [spec.name, spec]));
      const done = async (name: string, externalId: string | null): Promise<void> => {
        const spec = specs.get(name);
        if (spec === undefined || externalId === null) return reports.failed(name, unseen(name));
        await reports.done(name, { ...spec, externalId, state: 'running', address: null });
      };
      const args = [`-var-file=${values}`];
      const silent = await apply({ settings, folder, action: 'create', names, args, reports, done, signal });
      await rm(values, { force: true });
      if (silent.length === 0) return;
      // Somebody else made them between our look and the lock.
      const now = await look(infra, signal);
      for (const spec of missing.filter(({ name }) => silent.includes(name))) {
        if (!(await isSettled(spec, now, reports))) await reports.failed(spec.name, unseen(spec.name));
      }
    },
    remove: async (...[infra, names, reports, signal]) => {
      const folder = folderOf(infra);
      const there = await look(infra, signal);
      const known = names.filter((name) => there.some((server) => server.name === name));
      for (const name of names) if (!known.includes(name)) await reports.done(name, null);
      if (known.length === 0) return;
      await prepareFolder(folder);
      const done = (name: string): Promise<void> => reports.done(name, null);
      const work = { settings, folder, args: [], reports, done, signal } as const;
      const silent = await apply({ ...work, action: 'delete', names: known });
      for (const name of silent) await reports.done(name, null);
    },
  };
}

/** Tells of a server that needs no work: it is there, or cannot be had. One that ended in an error is made anew. */
async function isSettled(
  spec: ServerSpec,
  there: readonly Server[],
  reports: ServerReports,
): Promise<boolean> {
  const problem = specProblem(spec, there);
  const server = there.find(({ name }) => name === spec.name);
  if (problem !== null) await reports.failed(spec.name, problem);
  else if (server?.state === 'running') await reports.done(spec.name, server);
  else return false;
  return true;
}

/** Why a server cannot be had as it is wanted; null when it can. */
function specProblem({ name, plan, zone }: ServerSpec, there: readonly Server[]): SafeError | null {
  if (!isObjectName(name)) {
    const message = 'A server has a name that is none: small letters, digits, and . _ - after the first.';
    return { code: 'provider_refused', message };
  }
  if (!providerWordPattern.test(plan) || !providerWordPattern.test(zone)) {
    const message = `${name} has a plan or a zone that is none: letters, digits, and . _ - after the first.`;
    return { code: 'provider_refused', message };
  }
  const server = there.find((each) => each.name === name);
  if (server === undefined || (server.plan === plan && server.zone === zone)) return null;
  const message = `${name} is there already, with plan ${server.plan} in zone ${server.zone}.`;
  return { code: 'conflict', message };
}

function unseen(name: string): SafeError {
  const message = `Terraform said it was done, and ${name} is not in the state.`;
  return { code: 'provider_refused', message };
}
