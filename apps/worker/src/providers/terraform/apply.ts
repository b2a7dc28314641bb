import type { SafeError } from '@signalbox/domain/run/safe-error';
import { OperationFailure } from '../../operations/failures.ts';
import type { ServerReports } from '../servers/server-provider.ts';
import { targets } from './configuration.ts';
import { keepState, mendState } from './infra-folder.ts';
import { readEvent, type StreamEvent } from './stream.ts';
import { lockSeconds, runTerraform, type TerraformSettings, unavailable } from './terraform-command.ts';

/** One `apply`, of the servers named and of nothing else. */
export interface ApplyWork {
  readonly settings: TerraformSettings;
  readonly folder: string;
  readonly action: 'create' | 'delete';
  readonly names: readonly string[];
  /** More arguments: where the values of the variables are. */
  readonly args: readonly string[];
  readonly reports: ServerReports;
  /** Tells of a server that terraform has made or removed. */
  readonly done: (name: string, externalId: string | null) => Promise<void>;
  readonly signal: AbortSignal;
}

/** Longest text of one diagnostic in the log. */
const detailLength = 2_000;
/** Between two copies of a state that is being changed, in milliseconds. */
const keepMs = 250;

/**
 * Applies, telling of each server as terraform does.
 * @returns the names of which terraform said nothing although it ended well: the state says what they are
 * @throws OperationFailure when it did not work as a whole; then nothing is known of the names not told of
 */
export async function apply(work: ApplyWork): Promise<readonly string[]> {
  const { settings, folder, action, names, reports, signal } = work;
  if (await mendState(folder, signal)) {
    await reports.log(
      'warning',
      'The state could not be read after an interruption; its newest copy is used.',
    );
  }
  const open = new Set(names);
  const complete = new Map<string, string | null>();
  const errors: StreamEvent[] = [];
  let began = false;
  let kept = -keepMs;
  const tell = async (event: StreamEvent): Promise<void> => {
    if (event.type === 'diagnostic') {
      if (event.severity === 'error') errors.push(event);
      await reports.log(event.severity, `${event.summary}. ${event.detail}`.slice(0, detailLength).trim());
    } else if (event.type === 'version') await reports.log('info', `${event.program} ${event.version}.`);
    else if (event.type === 'summary') await reports.log('info', event.text);
    else if (event.type === 'start') {
      began = true;
      await reports.log('info', `${event.name}: ${verbs[event.action] ?? event.action}.`);
      if (open.has(event.name)) await reports.progress(event.name, 0.1);
    } else if (event.type === 'progress' && open.has(event.name)) {
      // How long it takes is not said, only that it goes on.
      await reports.progress(event.name, 0.5);
    } else if (event.type === 'complete' && event.action === action && open.delete(event.name)) {
      // Told before it is in the state, so it does not count until the program has ended by itself.
      complete.set(event.name, event.externalId);
      await reports.progress(event.name, 0.9);
      if (performance.now() - kept < keepMs) return;
      await keepState(folder);
      kept = performance.now();
    } else if (event.type === 'errored' && open.delete(event.name)) {
      await reports.failed(event.name, refused(action, event.name));
    }
  };
  const lines = sequence(tell, signal);
  const args = [
    'apply',
    ...(action === 'delete' ? ['-destroy'] : []),
    ...['-json', '-auto-approve', '-input=false', `-lock-timeout=${lockSeconds}s`],
    ...work.args,
    ...targets(names),
  ];
  let exit: number;
  try {
    exit = await runTerraform(settings, { folder, args, onLine: lines.add }, lines.signal);
  } finally {
    await lines.end();
  }
  await keepState(folder);
  // It always says why, so it was killed; behind the programs that contain it, that has an exit code like any other.
  if (exit !== 0 && errors.length === 0) throw unavailable('Terraform was ended halfway.');
  for (const [name, externalId] of complete) await work.done(name, externalId);
  if (exit === 0) return [...open];
  if (!began) throw wholeFailure(errors);
  for (const name of open) await reports.failed(name, refused(action, name));
  return [];
}

const verbs: Readonly<Record<string, string>> = { create: 'it is being made', delete: 'it is being removed' };

function refused(action: 'create' | 'delete', name: string): SafeError {
  const doing = action === 'create' ? 'Creating' : 'Removing';
  const message = `${doing} server ${name} did not work: terraform says why in the log of the run.`;
  return { code: 'provider_refused', message };
}

/** Nothing was begun: the lock, the configuration or the state. */
function wholeFailure(errors: readonly StreamEvent[]): OperationFailure {
  const locked = errors.some((event) => event.type === 'diagnostic' && /state lock/i.test(event.summary));
  if (locked) return unavailable(`Another terraform has worked on this infra for ${lockSeconds} seconds.`);
  const message = 'Terraform began nothing: the log of the run says why.';
  return new OperationFailure({ code: 'provider_refused', message }, false);
}

/** Tells of lines one after the other; what goes wrong then ends the command through `signal`. */
function sequence(tell: (event: StreamEvent) => Promise<void>, outer: AbortSignal) {
  const own = new AbortController();
  let last: Promise<void> = Promise.resolve();
  let failure: { readonly error: unknown } | null = null;
  return {
    signal: AbortSignal.any([outer, own.signal]),
    add: (line: string): void => {
      const event = readEvent(line);
      if (event === null) return;
      last = last.then(async () => {
        if (failure !== null) return;
        try {
          await tell(event);
        } catch (error) {
          failure = { error };
          own.abort(error);
        }
      });
    },
    end: async (): Promise<void> => {
      await last;
      if (failure !== null) throw failure.error;
    },
  };
}
