import type { Client, ClientChannel } from 'ssh2';
import { quoteCommand } from './quote-argument.ts';
import { tookTooLong } from './script-failure.ts';
import { unreachable } from './ssh-connection.ts';

/** One command over a connection that is open. */
export interface RemoteCommand {
  readonly words: readonly string[];
  /** Given to it as standard input. */
  readonly input?: string | Uint8Array;
  readonly timeoutMs: number;
  readonly onData: (stream: 'stdout' | 'stderr', part: Buffer) => void;
}

/** How long a script that was asked to end may take for it, in milliseconds. */
const graceMs = 2_000;

/**
 * Runs a command on the server. SSH carries one line for the user's shell, so the words are quoted for it.
 * On abort, and when the time is over, it is sent TERM, then KILL, then the connection is ended.
 * @throws OperationFailure, or the signal's reason
 */
export async function runRemote(
  client: Client,
  { words, input, timeoutMs, onData }: RemoteCommand,
  signal: AbortSignal,
): Promise<number> {
  signal.throwIfAborted();
  let late = false;
  let stop: (() => void) | null = null;
  let kill: NodeJS.Timeout | undefined;
  const onAbort = (): void => stop?.();
  const timer = setTimeout(() => {
    late = true;
    stop?.();
  }, timeoutMs);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const exitCode = await exchange(client, { line: quoteCommand(words), input, onData }, (channel) => {
      stop = () => {
        channel.signal('TERM');
        kill ??= setTimeout(() => {
          channel.signal('KILL');
          client.destroy();
        }, graceMs);
      };
      if (signal.aborted || late) stop();
    });
    signal.throwIfAborted();
    if (late) throw tookTooLong(timeoutMs);
    if (exitCode === null) throw unreachable();
    return exitCode;
  } catch (error) {
    // However it ended: this is why.
    signal.throwIfAborted();
    throw error;
  } finally {
    clearTimeout(timer);
    clearTimeout(kill);
    signal.removeEventListener('abort', onAbort);
  }
}

interface Exchange {
  readonly line: string;
  readonly input: string | Uint8Array | undefined;
  readonly onData: RemoteCommand['onData'];
}

/** Resolves with the exit code when the channel is closed; null when a signal ended it, or the connection. */
function exchange(
  client: Client,
  { line, input, onData }: Exchange,
  onOpen: (channel: ClientChannel) => void,
): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const onEnd = (): void => reject(unreachable());
    client.once('close', onEnd);
    const listen = (_error: unknown, channel: ClientChannel | undefined): void => {
      client.removeListener('close', onEnd);
      if (channel === undefined) {
        onEnd();
        return;
      }
      // All at once: the next packets, with the exit code, may be in hand already.
      let code: number | null = null;
      channel.on('data', (part: Buffer) => onData('stdout', part));
      channel.stderr.on('data', (part: Buffer) => onData('stderr', part));
      channel.on('error', () => undefined);
      channel.once('exit', (exit: number | null) => {
        code = exit;
      });
      channel.once('close', () => resolve(code));
      channel.end(input === undefined ? undefined : Buffer.from(input));
      onOpen(channel);
    };
    try {
      client.exec(line, listen);
    } catch {
      // Not connected any more.
      onEnd();
    }
  });
}
