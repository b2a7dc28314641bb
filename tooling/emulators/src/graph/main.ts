import { runUntilStopped } from '../http/run-until-stopped.ts';
import { demoSettings } from './settings.ts';
import { startGraphEmulator } from './start.ts';

/**
 * Runs the emulator as a process of its own, with the demo's latency and throttle. Settings come from the
 * environment: GRAPH_EMULATOR_PORT (default 3900), GRAPH_EMULATOR_STATE_DIR (default: in memory),
 * GRAPH_EMULATOR_ADMIN_TOKEN (default: no control plane), GRAPH_EMULATOR_LATENCY_MS (default 30).
 */
const { env } = process;
const emulator = await startGraphEmulator({
  port: Number(env.GRAPH_EMULATOR_PORT ?? 3900),
  latencyMs: Number(env.GRAPH_EMULATOR_LATENCY_MS ?? demoSettings.latencyMs),
  settings: demoSettings,
  ...(env.GRAPH_EMULATOR_STATE_DIR === undefined ? {} : { stateDir: env.GRAPH_EMULATOR_STATE_DIR }),
  ...(env.GRAPH_EMULATOR_ADMIN_TOKEN === undefined ? {} : { adminToken: env.GRAPH_EMULATOR_ADMIN_TOKEN }),
});
runUntilStopped('graph', emulator);
