import type { LogLevel } from '@signalbox/domain/run/events';

/** A script that is on the server already, with its arguments. */
export interface ScriptCommand {
  /** Below the server's directory. */
  readonly script: string;
  /** Each arrives as one argument, whatever it holds. */
  readonly args: readonly string[];
  /** The longest it may take, in milliseconds. */
  readonly timeoutMs: number;
}

/** Told each line of output: standard output as `info`, the error stream as `warning`. */
export interface OnOutput {
  line(level: LogLevel, text: string): void;
}

/**
 * The way to a server's inside. Every path is relative to one directory there, which nothing leaves. Members throw
 * OperationFailure, or the signal's reason as soon as it aborts.
 */
export interface Transport {
  /** Runs a script by the server's `sh`. Waits for it, and ends it when the signal aborts or the time is over. */
  run(command: ScriptCommand, on: OnOutput, signal: AbortSignal): Promise<{ exitCode: number }>;
  /** Writes a file, at once or not at all; directories on the way are made. */
  put(path: string, content: string | Uint8Array, signal: AbortSignal): Promise<void>;
  /** A file of at most 1 MiB; null when there is none. */
  read(path: string, signal: AbortSignal): Promise<Uint8Array | null>;
  close(): Promise<void>;
}

/** The greatest file that is read from a server, in bytes. */
export const longestRead = 1_048_576;
