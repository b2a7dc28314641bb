import { spawn } from 'node:child_process';
import { type Account, asAccount } from './account.ts';
import type { Binaries } from './binaries.ts';

/** What a program left behind. `output` is stdout and stderr together, empty when they went to a file. */
export interface ProgramResult {
  readonly code: number | null;
  readonly output: string;
}

/** How to run a program: as whom, over which data directory, and where its output goes. */
export interface ProgramContext {
  readonly binaries: Binaries;
  readonly account: Account | undefined;
  readonly dataDir: string;
  /** A file descriptor to write to instead of collecting the output; a server keeps it for its lifetime. */
  readonly outputTo?: number;
}

/**
 * Runs initdb or pg_ctl to its end. The data directory travels in PGDATA, because pg_ctl pastes its arguments
 * into a shell command line.
 * @throws Error when the program cannot be started at all.
 */
export function runProgram(
  context: ProgramContext,
  program: 'initdb' | 'pgCtl',
  args: readonly string[],
): Promise<ProgramResult> {
  const path = context.binaries[program];
  const output = context.outputTo ?? 'pipe';
  return new Promise((resolve, reject) => {
    const child = spawn(path, args, {
      ...asAccount(context.account),
      // Our own working directory may be one that the account cannot enter.
      cwd: context.binaries.root,
      env: { ...cleanEnvironment(), PGDATA: context.dataDir },
      stdio: ['ignore', output, output],
      windowsHide: true,
    });
    let text = '';
    const collect = (chunk: Buffer): void => {
      text += chunk.toString('utf8');
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.once('error', (error) =>
      reject(new Error(`cannot run ${path}: ${error.message}`, { cause: error })),
    );
    // Not `close`: a server started by pg_ctl keeps the output open for as long as it lives.
    child.once('exit', (code) => setImmediate(() => resolve({ code, output: text.trim() })));
  });
}

/** Our environment without what would change the server's behaviour: PG* settings and the locale. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG|NODE_)/i.test(name));
  return { ...Object.fromEntries(kept), LC_ALL: 'C' };
}
