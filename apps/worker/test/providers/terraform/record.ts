import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../../../src/process/run-command.ts';
import { type Recorded, type Run, withoutPlaces } from './support.ts';

/** Runs the real program and keeps how each command went. */
export function recorder(): { readonly run: Run; readonly kept: Recorded[] } {
  const kept: Recorded[] = [];
  const run: Run = async (runtime, { command, onLine }, signal) => {
    const lines: string[] = [];
    const both: typeof onLine = (stream, text) => {
      if (stream === 'stdout') lines.push(text);
      onLine(stream, text);
    };
    const result = await runCommand(runtime, { command, onLine: both }, signal);
    const file = join(command.cwd, 'terraform.tfstate');
    kept.push({
      args: withoutPlaces(command.args),
      exitCode: result.ended === 'exited' ? result.exitCode : -1,
      lines,
      state: command.args[0] === 'apply' && existsSync(file) ? readFileSync(file, 'utf8') : null,
    });
    return result;
  };
  return { run, kept };
}
