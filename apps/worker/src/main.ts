import { describeError } from '@signalbox/db/client/describe-error';
import type { WorkerTool } from '@signalbox/domain/connection/providers';
import closeWithGrace from 'close-with-grace';
import { readEnvironment } from './env.ts';
import { createLogger } from './logger.ts';
import { builtInOperations } from './operations/built-in.ts';
import { provisioningOperations } from './operations/provisioning/provisioning-operations.ts';
import { openProvisioningSettings } from './operations/provisioning/settings.ts';
import { type CommandRuntime, openCommandRuntime } from './process/command-runtime.ts';
import { startWorker } from './start-worker.ts';

/** Longest time from the first signal to the end of the process, in milliseconds. */
const exitWithinMs = 28_000;

/** The worker as a process of its own: reads the environment, starts, and stops with grace. */
async function main(): Promise<void> {
  const { logLevel, ...options } = readEnvironment();
  const logger = createLogger(logLevel);
  const { failpoint, graph, provisioning: environment, path, ...rest } = options;
  const runtime = await openCommandRuntime({ path });
  const { keyring } = graph;
  const provisioning = await openProvisioningSettings({ keyring, runtime, environment });
  const worker = await startWorker({
    ...rest,
    tools: toolsOf(runtime),
    containment: runtime.containment.kind,
    ...(failpoint !== undefined && { failpoint }),
    operations: [...builtInOperations(graph), ...provisioningOperations(provisioning)],
    keyring,
    logger,
  });

  closeWithGrace({ delay: exitWithinMs, logger: false }, async ({ err, signal }) => {
    if (err !== undefined) {
      // Nobody knows what state this process is in: it writes nothing more, and others take its runs over.
      worker.abandon();
      logger.fatal({ error: describeError(err) }, 'stopping after an error that nobody handled');
      return;
    }
    logger.info({ signal }, 'stopping');
    await worker.stop();
    logger.info('stopped');
  });

  logger.info({ worker: worker.name, slots: options.slots, leaseMs: options.leaseMs }, 'worker ready');
}

/** Programs of this machine that work may need; `tofu` does what `terraform` does. */
function toolsOf({ executables }: CommandRuntime): WorkerTool[] {
  return executables.has('terraform') || executables.has('tofu') ? ['terraform'] : [];
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
