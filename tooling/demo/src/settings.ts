import { resolve } from 'node:path';

/** What a person can set for `npm start`, all of it optional. */
export interface DemoSettings {
  readonly port: number;
  /** Where the database, the keys, the emulator's state and the logs are kept. */
  readonly dataDir: string;
  /** A server of one's own; without it the embedded PostgreSQL is started. */
  readonly databaseUrl: string | null;
  /** False starts empty: no people, no emulator, and a link that makes the first owner. */
  readonly demo: boolean;
  readonly password: string;
}

/** Something the person must change before Signalbox can start. Its message is all they need to see. */
export class StartProblem extends Error {}

/** Reads the settings from the environment. */
export function readSettings(env: NodeJS.ProcessEnv): DemoSettings {
  const port = Number(env.PORT ?? 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65_534) {
    throw new StartProblem(`PORT must be a whole number from 1 to 65534, not "${env.PORT}".`);
  }
  const demo = env.SIGNALBOX_DEMO ?? '1';
  if (demo !== '0' && demo !== '1') {
    throw new StartProblem(`SIGNALBOX_DEMO must be 0 or 1, not "${demo}".`);
  }
  return {
    port,
    demo: demo === '1',
    dataDir: resolve(env.SIGNALBOX_DATA_DIR ?? '.signalbox'),
    databaseUrl: env.DATABASE_URL ?? null,
    password: env.SIGNALBOX_DEMO_PASSWORD ?? 'signalbox-demo',
  };
}
