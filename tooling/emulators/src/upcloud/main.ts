import { runUntilStopped } from '../http/run-until-stopped.ts';
import { demoUpcloudSettings } from './settings.ts';
import { startUpcloudEmulator } from './start.ts';

/**
 * Runs the emulator as a process of its own, with the demo's delays. Settings come from the environment:
 * UPCLOUD_EMULATOR_PORT (default 3910), UPCLOUD_EMULATOR_STATE_DIR (default: in memory),
 * UPCLOUD_EMULATOR_SANDBOX_DIR (default: a temporary directory), UPCLOUD_EMULATOR_ADMIN_TOKEN (default: no control
 * plane).
 */
const { env } = process;
const emulator = await startUpcloudEmulator({
  port: Number(env.UPCLOUD_EMULATOR_PORT ?? 3910),
  settings: demoUpcloudSettings,
  ...(env.UPCLOUD_EMULATOR_STATE_DIR !== undefined && { stateDir: env.UPCLOUD_EMULATOR_STATE_DIR }),
  ...(env.UPCLOUD_EMULATOR_SANDBOX_DIR !== undefined && { sandboxDir: env.UPCLOUD_EMULATOR_SANDBOX_DIR }),
  ...(env.UPCLOUD_EMULATOR_ADMIN_TOKEN !== undefined && { adminToken: env.UPCLOUD_EMULATOR_ADMIN_TOKEN }),
});
runUntilStopped('upcloud', emulator);
