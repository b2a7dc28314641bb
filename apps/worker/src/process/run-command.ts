import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { CommandRuntime } from './command-runtime.ts';
import { defaultLimits, LineReader, OutputBudget, type OutputLimits } from './line-reader.ts';
import { askToEnd, killTree } from './stop-tree.ts';
import { startWatchdog } from './watchdog.ts';

/** One program with its arguments. No shell reads any of it. */
export interface Command {
  /** A name of the registry, never a path. */
  readonly executable: string;
  /** Each one element of the argument list, whatever it holds. */
  readonly args: readonly string[];
  readonly cwd: string;
  /** All that the command finds in its environment. */
  readonly env: Readonly<Record<string, string>>;
  /** The longest it may take, in milliseconds. */
  readonly timeoutMs: number;
  /** Between asking the tree to end and killing it, in milliseconds; 5,000 unless said. */
  readonly graceMs?: number;
  readonly limits?: Partial<OutputLimits>;
}

/** How a command ended. `cut` says that some of its output was dropped. */
export type CommandResult =
  | { readonly ended: 'exited'; readonly exitCode: number; readonly cut: boolean }
  | { readonly ended: 'signalled'; readonly signal: string; readonly cut: boolean }
  | { readonly ended: 'timed_out'; readonly cut: boolean }
  /** `missing`: the registry has no such program; else the system's code, for example EAGAIN or E2BIG. */
  | { readonly ended: 'not_started'; readonly code: string };

export type Stream = 'stdout' | 'stderr';
export type OnLine = (stream: Stream, text: string) => void;

const defaultGraceMs = 5_000;
/** How long output is still read after a command has ended, where others may hold its streams. */
const drainMs = 1_000;

/**
 * Runs a command and everything it starts, and leaves nothing of it behind: when it ends, when its time is over, when
 * the signal aborts, and when this process dies.
 * @throws the signal's reason, after the tree was ended
 */
export async function runCommand(
  runtime: CommandRuntime,
  { command, onLine }: { readonly command: Command; readonly onLine: OnLine },
  signal: AbortSignal,
): Promise<CommandResult> {
  signal.throwIfAborted();
  const file = runtime.executables.get(command.executable);
  if (file === undefined) return { ended: 'not_started', code: 'missing' };
  let child: ChildProcessByStdio<null, Readable, Readable>;
  try {
    child = await start(runtime, [file, ...command.args], command);
  } catch (error) {
    return { ended: 'not_started', code: codeOf(error) };
  }
  const pid = child.pid ?? 0;
  const namespaced = runtime.containment.kind !== 'process_group';
  const sh = runtime.executables.get('sh');
  const watchdog = namespaced || sh === undefined ? null : startWatchdog(sh, pid);

  let stoppedBy: 'time' | 'signal' | null = null;
  let kill: NodeJS.Timeout | undefined;
  const stop = (by: 'time' | 'signal'): void => {
    if (stoppedBy !== null) return;
    stoppedBy = by;
    const graceMs = command.graceMs ?? defaultGraceMs;
    if (graceMs > 0 && askToEnd(pid, namespaced)) kill = setTimeout(() => killTree(pid), graceMs);
    else killTree(pid);
  };
  const onAbort = (): void => stop('signal');
  signal.addEventListener('abort', onAbort, { once: true });
  const timer = setTimeout(() => stop('time'), command.timeoutMs);
  if (signal.aborted) onAbort();

  const budget = new OutputBudget({ ...defaultLimits, ...command.limits });
  const [exitCode, exitSignal] = await ended(child, { pid, namespaced, budget, onLine });
  clearTimeout(timer);
  clearTimeout(kill);
  signal.removeEventListener('abort', onAbort);
  watchdog?.kill('SIGKILL');

  if (stoppedBy === 'signal') throw signal.reason;
  if (stoppedBy === 'time') return { ended: 'timed_out', cut: budget.cut };
  if (exitCode === null) return { ended: 'signalled', signal: exitSignal ?? 'unknown', cut: budget.cut };
  return { ended: 'exited', exitCode, cut: budget.cut };
}

/** Spawned from the main thread, since the kernel's sign of a parent's death is that of the thread. */
function start(
  runtime: CommandRuntime,
  words: readonly string[],
  { cwd, env }: Command,
): Promise<ChildProcessByStdio<null, Readable, Readable>> {
  const [file = '', ...args] = [...runtime.containment.prefix, ...words];
  return new Promise((resolve, reject) => {
    const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
    const child = spawn(file, args, { cwd, env: { ...env }, stdio, detached: true, shell: false });
    child.once('error', reject);
    child.once('spawn', () => resolve(child));
  });
}

interface Watched {
  readonly pid: number;
  readonly namespaced: boolean;
  readonly budget: OutputBudget;
  readonly onLine: OnLine;
}

function ended(
  child: ChildProcessByStdio<null, Readable, Readable>,
  { pid, namespaced, budget, onLine }: Watched,
): Promise<[number | null, NodeJS.Signals | null]> {
  let told = false;
  const read = (stream: Stream): void => {
    const reader = new LineReader(budget, (text) => onLine(stream, text));
    const from = child[stream];
    from.on('data', (part: Buffer) => {
      reader.add(part);
      if (!budget.cut || told) return;
      told = true;
      onLine('stderr', `[output cut after ${budget.limits.lines} lines or ${budget.limits.bytes} bytes]`);
    });
    from.once('end', () => reader.end());
    from.on('error', () => undefined);
  };
  read('stdout');
  read('stderr');
  return new Promise((resolve) => {
    // What a command leaves running ends with it, in a namespace by the kernel. Whoever escaped from a group may still
    // hold the streams; they are not waited for.
    let letGo: NodeJS.Timeout | undefined;
    child.once('exit', () => {
      if (namespaced) return;
      killTree(pid);
      letGo = setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      }, drainMs);
    });
    child.once('close', (code, signal) => {
      clearTimeout(letGo);
      resolve([code, signal]);
    });
  });
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown';
}
