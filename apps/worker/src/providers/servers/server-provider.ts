import type { LogLevel } from '@signalbox/domain/run/events';
import type { SafeError } from '@signalbox/domain/run/safe-error';

/** A server that is wanted; plan and zone are words of its provider. */
export interface ServerSpec {
  readonly name: string;
  readonly plan: string;
  readonly zone: string;
}

/** A server as its provider shows it. */
export interface Server extends ServerSpec {
  /** What the provider calls it. */
  readonly externalId: string;
  readonly state: 'starting' | 'running' | 'stopped' | 'failed';
  /** Where a transport reaches it: `local:<folder>` or `ssh://user@host:port`; null while it has none. */
  readonly address: string | null;
}

/** What is told while servers are made or removed, each under its own name. */
export interface ServerReports {
  log(level: LogLevel, text: string): Promise<void>;
  /** The effect key of one server: the same on every attempt. */
  key(name: string): string;
  /** From 0 to 1. */
  progress(name: string, fraction: number): Promise<void>;
  /** `null`: it is gone. */
  done(name: string, server: Server | null): Promise<void>;
  failed(name: string, error: SafeError): Promise<void>;
}

/**
 * Where servers come from. Failures of one server are reported, those of the whole attempt thrown: OperationFailure,
 * Throttled, or the signal's reason as soon as it aborts.
 */
export interface ServerProvider {
  /** Servers of an infra, as they are. Reads only. */
  look(infra: string, signal: AbortSignal): Promise<readonly Server[]>;
  /** What creating `wanted` would change. Reads only; problems are what the provider would refuse. */
  plan(
    infra: string,
    wanted: readonly ServerSpec[],
    signal: AbortSignal,
  ): Promise<{
    changes: readonly { action: 'create' | 'keep'; name: string }[];
    problems: readonly { name: string; message: string }[];
  }>;
  /**
   * Makes them and waits until they run. Safe to repeat under the same keys: one that is there is reported done.
   * Every name is reported once, done or failed.
   */
  create(
    infra: string,
    wanted: readonly ServerSpec[],
    reports: ServerReports,
    signal: AbortSignal,
  ): Promise<void>;
  /** Removes them and waits until they are gone; one that is gone already is reported done. */
  remove(infra: string, names: readonly string[], reports: ServerReports, signal: AbortSignal): Promise<void>;
}
