import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** What a process has printed. */
export interface Output {
  /** Lines of stdout and stderr in the order in which they came. Grows. */
  readonly lines: readonly string[];
  /**
   * The first line that matches, among those already printed or still to come.
   * @throws Error with the last lines when the deadline (30,000 ms by default) passes or the process ends.
   */
  waitForLine(pattern: RegExp, timeoutMs?: number): Promise<RegExpExecArray>;
}

interface Waiter {
  readonly pattern: RegExp;
  readonly found: (match: RegExpExecArray) => void;
  readonly failed: (reason: string) => void;
}

const SHOWN_LINES = 40;

/** Collects a child's output and lets others wait for a line of it. */
export function readLines(child: ChildProcess): Output {
  const lines: string[] = [];
  const waiters = new Set<Waiter>();
  let end: string | undefined;

  const follow = (stream: Readable | null): void => {
    if (stream === null) return;
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      for (const waiter of waiters) {
        const match = waiter.pattern.exec(line);
        if (match !== null) waiter.found(match);
      }
    });
  };
  follow(child.stdout);
  follow(child.stderr);
  child.once('close', (code, signal) => {
    end = `the process ended with ${signal ?? `code ${code}`}`;
    for (const waiter of waiters) waiter.failed(end);
  });

  return {
    lines,
    waitForLine: (pattern, timeoutMs = 30_000) =>
      new Promise((resolve, reject) => {
        const failed = (reason: string): void => {
          settle();
          const shown = lines.slice(-SHOWN_LINES).join('\n');
          reject(new Error(`no line matched ${pattern}: ${reason}. Its output:\n${shown}`));
        };
        const found = (match: RegExpExecArray): void => {
          settle();
          resolve(match);
        };
        const waiter = { pattern, found, failed };
        const timer = setTimeout(() => failed(`${timeoutMs} ms passed`), timeoutMs);
        const settle = (): void => {
          clearTimeout(timer);
          waiters.delete(waiter);
        };
        waiters.add(waiter);
        for (const line of lines) {
          const match = pattern.exec(line);
          if (match !== null) return found(match);
        }
        if (end !== undefined) failed(end);
      }),
  };
}
