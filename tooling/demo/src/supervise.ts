import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** One of the programs that make up the system. */
export interface Program {
  readonly name: string;
  /** Absolute path of its main file. */
  readonly script: string;
  readonly env: Readonly<Record<string, string>>;
  /** A line of its output that says it is up. */
  readonly ready: RegExp;
  /** Lines that are for the person at the terminal alone, and are kept out of the log. */
  readonly aside?: RegExp;
  readonly logFile: string;
}

/** A running program that is started again when it ends by itself. */
export interface Supervised {
  pid(): number | null;
  stop(): Promise<void>;
}

/** Hears of what happens to a program that is up. */
export interface Listener {
  /** A sentence for the person at the terminal. */
  tell(line: string): void;
  /** A line that only this person may read. */
  aside(line: string): void;
  /** It has ended and runs again, with another process number. */
  restarted(): void;
}

const wrapper = fileURLToPath(new URL('./child.ts', import.meta.url));
const readyWithinMs = 30_000;
const stopWithinMs = 32_000;

/**
 * Starts a program, waits until it is up, and keeps it up. It has a process group of its own, so that a Ctrl-C on
 * the terminal reaches the launcher alone, which then stops everything in order.
 */
export async function supervise(program: Program, listener: Listener): Promise<Supervised> {
  const log = createWriteStream(program.logFile, { flags: 'a' });
  let stopping = false;
  let child = launch(program, { log, listener });
  await untilReady(child, program);

  const watch = async (): Promise<void> => {
    while (!stopping) {
      const current = child;
      if (current.exitCode === null && current.signalCode === null) await once(current, 'exit');
      if (stopping) return;
      listener.tell(
        `${program.name} ended (${current.signalCode ?? `code ${current.exitCode}`}) and is started again.`,
      );
      await delay(500);
      if (stopping) return;
      child = launch(program, { log, listener });
      listener.restarted();
      await untilReady(child, program).catch((error: unknown) => listener.tell(String(error)));
    }
  };
  const watching = watch();

  return {
    pid: () => child.pid ?? null,
    async stop() {
      stopping = true;
      await endChild(child);
      await watching;
      log.end();
    },
  };
}

interface Outlets {
  readonly log: WriteStream;
  readonly listener: Listener;
}

function launch(program: Program, { log, listener }: Outlets): ChildProcess {
  const child = spawn(process.execPath, [wrapper, program.script], {
    env: { ...process.env, ...program.env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  });
  if (child.stdout !== null) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (program.aside?.test(line) === true) listener.aside(line);
      else log.write(`${line}\n`);
    });
  }
  child.stderr?.pipe(log, { end: false });
  return child;
}

async function untilReady(child: ChildProcess, program: Program): Promise<void> {
  const output = child.stdout;
  if (output === null) throw new Error(`${program.name} has no output to read.`);
  const lines = createInterface({ input: output });
  const up = new Promise<'up'>((resolve) => {
    lines.on('line', (line) => {
      if (program.ready.test(line)) resolve('up');
    });
  });
  const ended = once(child, 'exit').then(() => 'ended' as const);
  const late = delay(readyWithinMs, 'late' as const, { ref: false });
  const result = await Promise.race([up, ended, late]);
  if (result === 'up') return;
  const what = result === 'late' ? `was not up after ${readyWithinMs / 1000} s` : 'ended before it was up';
  throw new Error(`${program.name} ${what}; its log: ${program.logFile}`);
}

async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const inTime = await Promise.race([ended.then(() => true), delay(stopWithinMs, false, { ref: false })]);
  if (!inTime) {
    child.kill('SIGKILL');
    await ended;
  }
}
