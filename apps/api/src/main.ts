import closeWithGrace from 'close-with-grace';
import { readEnv } from './env.ts';
import { createLogger } from './logger.ts';
import { startApi } from './start-api.ts';
import { startLines } from './start-lines.ts';

/** The API as a process of its own: reads the environment, starts, and closes with grace. */
try {
  const env = readEnv();
  const logger = createLogger(env.logLevel);
  const api = await startApi({
    ...env,
    demoPassword: env.demo ? env.demoPassword : null,
    logger,
  }).catch((error: unknown) => {
    throw portTaken(error) ? new Error(`The port ${env.port} is taken. Set PORT to another one.`) : error;
  });
  logger.info({ url: api.url }, 'The API answers.');
  // Not through the log, which is kept and read by others: the secret is for whoever started this.
  const lines = startLines({ ...env, ...api });
  if (lines !== '') process.stdout.write(lines);
  closeWithGrace({ delay: 10_000, logger }, async ({ err, signal }) => {
    if (err) logger.error({ err }, 'closing after an error');
    else logger.info({ signal }, 'closing');
    await api.close();
  });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

function portTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
