import type { runCommand } from '../../../src/process/run-command.ts';
import type { Server, ServerReports } from '../../../src/providers/servers/server-provider.ts';

export const never = new AbortController().signal;

/** Reports that are kept, in the order in which they came. */
export interface KeptReports extends ServerReports {
  readonly told: string[];
  readonly made: Server[];
  readonly logged: string[];
}

export function reports(run = 'run-1'): KeptReports {
  const told: string[] = [];
  const made: Server[] = [];
  const logged: string[] = [];
  return {
    ...{ told, made, logged },
    log: async (level, text) => void logged.push(`${level} ${text}`),
    key: (name) => `${run}:${name}`,
    progress: async (name, fraction) => void told.push(`${name} ${fraction}`),
    done: async (name, server) => {
      told.push(`${name} done`);
      if (server !== null) made.push(server);
    },
    failed: async (name, { code }) => void told.push(`${name} ${code}`),
  };
}

/** One command as it went with the real program. */
export interface Recorded {
  readonly args: readonly string[];
  readonly exitCode: number;
  readonly lines: readonly string[];
  /** The state it left; null where it left none. */
  readonly state: string | null;
}

/** The arguments without the places of this machine. */
export function withoutPlaces(args: readonly string[]): readonly string[] {
  return args.map((arg) => arg.replace(/^-var-file=.*\//, '-var-file='));
}

export type Run = typeof runCommand;
