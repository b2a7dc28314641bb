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
  const channel = await openChannel(client, quoteCommand(words));
  let late = false;
  let kill: NodeJS.Timeout | undefined;
  const stop = (): void => {
    channel.signal('TERM');
    kill ??= setTimeout(() => {
      channel.signal('KILL');
      client.destroy();
    }, graceMs);
  };
  const timer = setTimeout(() => {
    late = true;
    stop();
  }, timeoutMs);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const exitCode = await new Promise<number | null>((resolve) => {
    let code: number | null = null;
    channel.on('data', (part: Buffer) => onData('stdout', part));
    channel.stderr.on('data', (part: Buffer) => onData('stderr', part));
    channel.on('error', () => undefined);
    // Null when a signal ended it, or the connection.
    channel.once('exit', (exit: number | null) => {
      code = exit;
    });
    channel.once('close', () => resolve(code));
    channel.end(input === undefined ? undefined : Buffer.from(input));
  });
  clearTimeout(timer);
  clearTimeout(kill);
  signal.removeEventListener('abort', stop);
  signal.throwIfAborted();
  if (late) throw tookTooLong(timeoutMs);
  if (exitCode === null) throw unreachable();
  return exitCode;
}

function openChannel(client: Client, line: string): Promise<ClientChannel> {
  return new Promise((resolve, reject) => {
    const onEnd = (): void => reject(unreachable());
    client.once('close', onEnd);
    try {
      client.exec(line, (error, channel) => {
        client.removeListener('close', onEnd);
        if (error === undefined || error === null) resolve(channel);
        else reject(unreachable());
      });
    } catch {
      // Not connected any more.
      onEnd();
    }
  });
}
