import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type Recorded, type Run, withoutPlaces } from './support.ts';

/** Stands at the boundary of the process: answers each command as the real program did, in the same order. */
export function player(recorded: readonly Recorded[]): Run {
  const left = [...recorded];
  return async (_runtime, { command, onLine }, signal) => {
    const next = left.shift();
    if (next === undefined) throw new Error(`Nothing was recorded for ${command.args.join(' ')}.`);
    expect(withoutPlaces(command.args)).toEqual(next.args);
    for (const line of next.lines) onLine('stdout', line);
    if (next.state !== null) writeFileSync(join(command.cwd, 'terraform.tfstate'), next.state);
    signal.throwIfAborted();
    return { ended: 'exited', exitCode: next.exitCode, cut: false };
  };
}
