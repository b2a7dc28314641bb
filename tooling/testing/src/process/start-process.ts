import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, onTestFinished } from 'vitest';
import { dieWithParent } from './die-with-parent.ts';
import { type Output, readLines } from './read-lines.ts';

/** What to run. */
export interface ProcessOptions {
  /** Absolute path of a script; TypeScript runs as it is. */
  readonly script: string;
  readonly args?: readonly string[];
  /** The whole environment, except PATH, HOME and the temporary directory. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** The line that says the process is up. Without it, the process counts as up once it is started. */
  readonly ready?: RegExp;
  /** Milliseconds to wait for the ready line; 30,000 by default. */
  readonly readyTimeoutMs?: number;
}

/** How a process ended. */
export interface ProcessExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A real Node process under test. */
export interface TestProcess extends Output {
  readonly pid: number;
  /** Settles when the process has ended and its output has come, or a second after its end. */
  readonly exited: Promise<ProcessExit>;
  /** Sends a signal, SIGKILL by default. Does nothing once the process has ended. */
  kill(signal?: NodeJS.Signals): void;
}

const OUTPUT_GRACE_MS = 1000;

const running = new Set<ChildProcess>();

// Registered where the test file imports this module: the end of the file is the end of its processes.
afterAll(() => killAll(running));
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/**
 * Starts a Node process and waits for its ready line. It is killed, if still alive, when the test that started
 * it ends; one that was started in `beforeAll`, when the file ends.
 * @throws Error with the output so far when it ends or stays silent instead of getting ready.
 */
export async function startProcess(options: ProcessOptions): Promise<TestProcess> {
  const { command, args } = dieWithParent(process.execPath, [options.script, ...(options.args ?? [])]);
  const child = spawn(command, args, {
    env: { ...baseEnvironment(), ...options.env },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  killWithTest(child);
  const output = readLines(child);
  await once(child, 'spawn');

  const closed = once(child, 'close');
  const exited = once(child, 'exit').then(async ([code, signal]) => {
    running.delete(child);
    // The output stays open for as long as a child of the process holds it.
    await Promise.race([closed, delay(OUTPUT_GRACE_MS, undefined, { ref: false })]);
    return { code, signal } as ProcessExit;
  });
  if (options.ready !== undefined) {
    try {
      await output.waitForLine(options.ready, options.readyTimeoutMs);
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    }
  }
  const kill = (signal: NodeJS.Signals = 'SIGKILL'): void => void child.kill(signal);
  return { pid: child.pid ?? 0, exited, kill, ...output };
}

function baseEnvironment(): Record<string, string> {
  const names = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot'];
  return Object.fromEntries(
    names.flatMap((name) => [[name, process.env[name]]]).filter(([, value]) => value),
  );
}

function killWithTest(child: ChildProcess): void {
  try {
    onTestFinished(() => killAll([child]));
  } catch {
    // Outside a test: the file's own clean-up takes it.
  }
}

async function killAll(children: Iterable<ChildProcess>): Promise<void> {
  const alive = [...children].filter((child) => running.has(child));
  await Promise.all(
    alive.map(async (child) => {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }),
  );
}
