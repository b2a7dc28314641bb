import { randomBytes } from 'node:crypto';
import type { Client } from 'ssh2';
import { OperationFailure } from '../operations/failures.ts';
import { defaultLimits, LineReader, OutputBudget } from '../process/line-reader.ts';
import { innerPath } from './inner-path.ts';
import { quoteCommand } from './quote-argument.ts';
import { badArguments, scriptFailure } from './script-failure.ts';
import { runRemote } from './ssh-channel.ts';
import { connect, type SshSettings, type SshTarget } from './ssh-connection.ts';
import { longestRead, type OnOutput, type ScriptCommand, type Transport } from './transport.ts';

const defaultDirectory = '/var/lib/signalbox';
const fileMs = 60_000;
/** A server gives the line to its shell as one argument, which Linux takes up to 128 KiB of. */
const longestLine = 131_071;
/** What `readScript` ends with when there is no file. */
const noFile = 44;
const writeScript = 'set -eu; mkdir -p -- "$(dirname -- "$1")"; cat > "$2"; mv -f -- "$2" "$1"';
const readScript = `test -f "$1" || exit ${noFile}; exec head -c "$2" -- "$1"`;

/** The inside of a server that is reached over SSH. It connects at first use. */
export function createSshTransport(target: SshTarget, settings: SshSettings): Transport {
  const directory = settings.directory ?? defaultDirectory;
  const place = (path: string): string => `${directory}/${innerPath(path).join('/')}`;
  let connection: Promise<Client> | null = null;
  const client = (signal: AbortSignal): Promise<Client> => {
    connection ??= connect(target, settings, signal).then((open) => {
      open.once('close', () => {
        connection = null;
      });
      return open;
    });
    connection.catch(() => {
      connection = null;
    });
    return connection;
  };
  return {
    run: async (command, on, signal) => {
      // Asked before anything is sent.
      const words = ['sh', place(command.script), ...command.args];
      if (words.some((word) => word.includes('\0'))) throw badArguments();
      if (Buffer.byteLength(quoteCommand(words)) > longestLine) throw badArguments();
      return { exitCode: await runScript(await client(signal), { words, command, on }, signal) };
    },
    put: async (path, content, signal) => {
      const file = place(path);
      const part = `${file}.${randomBytes(8).toString('hex')}.part`;
      const words = ['sh', '-c', writeScript, 'sh', file, part];
      const said = { words, input: content, timeoutMs: fileMs, onData: () => undefined };
      const exitCode = await runRemote(await client(signal), said, signal);
      if (exitCode !== 0) throw scriptFailure(`A file could not be written on the server (${exitCode}).`);
    },
    read: async (path, signal) => {
      const parts: Buffer[] = [];
      const words = ['sh', '-c', readScript, 'sh', place(path), String(longestRead + 1)];
      const onData = (stream: string, part: Buffer) => void (stream === 'stdout' && parts.push(part));
      const exitCode = await runRemote(await client(signal), { words, timeoutMs: fileMs, onData }, signal);
      if (exitCode === noFile) return null;
      if (exitCode !== 0) throw scriptFailure(`A file could not be read on the server (${exitCode}).`);
      const content = Buffer.concat(parts);
      if (content.length <= longestRead) return content;
      const message = 'A file on the server is too long to be read.';
      throw new OperationFailure({ code: 'provider_refused', message }, false);
    },
    close: async () => {
      const open = await connection?.catch(() => null);
      open?.end();
    },
  };
}

async function runScript(
  client: Client,
  work: { readonly words: readonly string[]; readonly command: ScriptCommand; readonly on: OnOutput },
  signal: AbortSignal,
): Promise<number> {
  const budget = new OutputBudget(defaultLimits);
  const readers = {
    stdout: new LineReader(budget, (text) => work.on.line('info', text)),
    stderr: new LineReader(budget, (text) => work.on.line('warning', text)),
  };
  const { words, command } = work;
  const onData = (stream: 'stdout' | 'stderr', part: Buffer): void => readers[stream].add(part);
  try {
    return await runRemote(client, { words, timeoutMs: command.timeoutMs, onData }, signal);
  } finally {
    readers.stdout.end();
    readers.stderr.end();
    if (budget.cut) work.on.line('warning', '[output cut]');
  }
}
