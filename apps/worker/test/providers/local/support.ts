import type { Server, ServerReports } from '../../../src/providers/servers/server-provider.ts';

/** Keeps what a provider reports, for a run with keys of its own. */
export function reports(run = 'run-1'): ServerReports & { readonly told: string[]; readonly made: Server[] } {
  const told: string[] = [];
  const made: Server[] = [];
  return {
    told,
    made,
    log: async () => undefined,
    key: (name) => `${run}:${name}`,
    progress: async () => undefined,
    done: async (name, server) => {
      told.push(`${name} done`);
      if (server !== null) made.push(server);
    },
    failed: async (name, { code }) => void told.push(`${name} ${code}`),
  };
}
