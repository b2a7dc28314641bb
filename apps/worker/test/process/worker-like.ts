import { openCommandRuntime } from '../../src/process/command-runtime.ts';
import { processGroup } from '../../src/process/containment.ts';
import { runCommand } from '../../src/process/run-command.ts';

/** A process that runs a command as a worker does, to be killed by a test: `worker-like.ts <kind> <text> <word>`. */
const [kind = '', text = '', word = ''] = process.argv.slice(2);
const runtime = await openCommandRuntime({ path: process.env.PATH ?? '' });
const command = { executable: 'sh', args: ['-c', text, 'sh', word], cwd: '/', env: {}, timeoutMs: 60_000 };
await runCommand(
  kind === 'process_group' ? { ...runtime, containment: processGroup } : runtime,
  { command, onLine: (_stream, line) => process.stdout.write(`${line}\n`) },
  new AbortController().signal,
);
