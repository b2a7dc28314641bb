import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findExecutables } from '@signalbox/worker/process/executables';

/** Tries the provider `terraform` with the real program, where there is one; nothing to try is no failure. */
const programs = findExecutables(['terraform', 'tofu'], process.env.PATH ?? '');
if (programs.size === 0) {
  process.stdout.write('not run: terraform is not on PATH\n');
} else {
  const cwd = fileURLToPath(new URL('../../..', import.meta.url));
  const args = ['run', '--config', 'vitest.terraform.config.ts'];
  const { status } = spawnSync('vitest', args, { cwd, stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
