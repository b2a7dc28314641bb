import { runUntilStopped } from '../http/run-until-stopped.ts';
import { demoEc2Settings } from './settings.ts';
import { startEc2Emulator } from './start.ts';

/**
 * Runs the emulator as a process of its own, with the demo's delays. Settings come from the environment:
 * AWS_EMULATOR_PORT (default 3920), AWS_EMULATOR_STATE_DIR (default: in memory),
 * AWS_EMULATOR_SANDBOX_DIR (default: a temporary directory), AWS_EMULATOR_ADMIN_TOKEN (default: no control
 * plane).
 */
const { env } = process;
const emulator = await startEc2Emulator({
  port: Number(env.AWS_EMULATOR_PORT ?? 3920),
  settings: demoEc2Settings,
  ...(env.AWS_EMULATOR_STATE_DIR !== undefined && { stateDir: env.AWS_EMULATOR_STATE_DIR }),
  ...(env.AWS_EMULATOR_SANDBOX_DIR !== undefined && { sandboxDir: env.AWS_EMULATOR_SANDBOX_DIR }),
  ...(env.AWS_EMULATOR_ADMIN_TOKEN !== undefined && { adminToken: env.AWS_EMULATOR_ADMIN_TOKEN }),
});
runUntilStopped('aws', emulator);
