import { join } from 'node:path';
import { OperationFailure } from '../../operations/failures.ts';
import type { CommandRuntime } from '../../process/command-runtime.ts';
import type { CommandResult, runCommand } from '../../process/run-command.ts';
import { settingsFile } from './infra-folder.ts';
import { terraformProgram } from './terraform-tool.ts';

/** Runs terraform here. */
export interface TerraformSettings {
  readonly runtime: CommandRuntime;
  /** How programs are run; replaced in tests. */
  readonly run: typeof runCommand;
}

/** The longest one command may take, and how long it may take to end when told to, in milliseconds. */
const timeoutMs = 30 * 60_000;
/** Below the time a worker gives a run to hear that it must stop. Long enough to write a state. */
const graceMs = 8_000;
/** A state is shown as one line. */
const limits = { lineBytes: 16 * 1_048_576, bytes: 32 * 1_048_576, lines: 50_000 } as const;

/** How long to wait for another run that works on the same infra, in seconds. */
export const lockSeconds = 120;

/**
 * Runs one subcommand in a directory, with nothing of the worker's environment.
 * @returns its exit code
 * @throws OperationFailure when there is no program, or it did not end by itself; the signal's reason when it aborts
 */
export async function runTerraform(
  { runtime, run }: TerraformSettings,
  { folder, args, onLine }: { folder: string; args: readonly string[]; onLine: (line: string) => void },
  signal: AbortSignal,
): Promise<number> {
  const executable = terraformProgram(runtime.executables);
  if (executable === null) throw missing();
  const env = {
    HOME: folder,
    TF_CLI_CONFIG_FILE: join(folder, settingsFile),
    TF_IN_AUTOMATION: '1',
    // No question about newer versions leaves this machine.
    CHECKPOINT_DISABLE: '1',
  };
  const command = { executable, args, cwd: folder, env, timeoutMs, graceMs, limits };
  const told = (stream: 'stdout' | 'stderr', text: string): void => {
    if (stream === 'stdout') onLine(text);
  };
  return exitCodeOf(await run(runtime, { command, onLine: told }, signal));
}

function exitCodeOf(result: CommandResult): number {
  switch (result.ended) {
    case 'exited':
      return result.exitCode;
    case 'not_started':
      if (result.code === 'missing' || result.code === 'ENOENT') throw missing();
      throw unavailable(`Terraform could not be started (${result.code}).`);
    case 'timed_out':
      throw unavailable(`Terraform did not end within ${timeoutMs / 60_000} minutes.`);
    case 'signalled':
      throw unavailable(`Terraform was ended by ${result.signal}.`);
  }
}

function missing(): OperationFailure {
  const message = 'Neither terraform nor tofu is installed where this worker runs.';
  return new OperationFailure({ code: 'tool_missing', message }, false);
}

/** What may pass: the state says what was done, and the next attempt goes on from there. */
export function unavailable(message: string): OperationFailure {
  return new OperationFailure({ code: 'provider_unavailable', message }, true);
}
