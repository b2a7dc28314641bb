import { OperationFailure } from '../operations/failures.ts';
import type { CommandRuntime } from '../process/command-runtime.ts';
import { runCommand } from '../process/run-command.ts';
import { openSandbox } from './sandbox.ts';
import { environmentOf } from './script-environment.ts';
import { badArguments, scriptFailure, tookTooLong } from './script-failure.ts';
import { serveStartRequests } from './start-requests.ts';
import type { Transport } from './transport.ts';

export interface LocalTransportOptions {
  readonly runtime: CommandRuntime;
  /** The server. */
  readonly folder: string;
  /** Below which folders servers may be. */
  readonly roots: readonly string[];
}

/** The inside of a server that is a folder of this machine; its scripts are real processes. */
export async function openLocalTransport(options: LocalTransportOptions): Promise<Transport> {
  const { runtime, folder, roots } = options;
  const sandbox = await openSandbox(folder, roots);
  const sh = runtime.executables.get('sh');
  if (sh === undefined) {
    throw new OperationFailure(
      { code: 'tool_missing', message: 'This worker has no shell for scripts.' },
      false,
    );
  }
  return {
    run: async ({ script, args, timeoutMs }, on, signal) => {
      const file = await sandbox.file(script);
      if (file === null) {
        throw new OperationFailure({ code: 'not_found', message: 'A script is not on the server.' }, false);
      }
      const words = [file, ...args];
      const env = environmentOf(sandbox.folder);
      const command = { executable: 'sh', args: words, cwd: sandbox.folder, env, timeoutMs };
      const stopServing = serveStartRequests(sandbox.folder, sh);
      try {
        const result = await runCommand(
          runtime,
          { command, onLine: (stream, text) => on.line(stream === 'stdout' ? 'info' : 'warning', text) },
          signal,
        );
        switch (result.ended) {
          case 'exited':
            return { exitCode: result.exitCode };
          case 'timed_out':
            throw tookTooLong(timeoutMs);
          case 'signalled':
            throw scriptFailure(`A script on the server was ended by ${result.signal}.`);
          case 'not_started':
            if (result.code === 'E2BIG' || result.code === 'ERR_INVALID_ARG_VALUE') throw badArguments();
            throw scriptFailure(`A script could not be started (${result.code}).`);
        }
      } finally {
        stopServing();
      }
    },
    put: async (path, content, signal) => {
      signal.throwIfAborted();
      await sandbox.write(path, content);
    },
    read: async (path, signal) => {
      signal.throwIfAborted();
      return sandbox.read(path);
    },
    close: async () => undefined,
  };
}
