import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Not the arguments that the package recommends: those switch web security off. */
const ARGS = ['--headless=shell', '--no-sandbox', '--disable-background-networking'];

/** An unpacked browser and how to start it: its arguments and the environment it needs here. */
export interface PackagedChromium {
  readonly executablePath: string;
  readonly args: string[];
  readonly env: Record<string, string>;
}

/**
 * The Chromium that the package carries, unpacked once into node_modules. A string says why this machine
 * cannot use it.
 */
export async function packagedChromium(): Promise<PackagedChromium | string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return 'the packaged Chromium is for Linux on x64 only; install Chromium or Chrome';
  }
  const home = unpackOnce();
  const executablePath = join(home, 'chromium');
  const env = inheritedEnvironment();
  if (!existsSync('/etc/fonts/fonts.conf')) env.FONTCONFIG_PATH = join(home, 'fonts');
  if (lacksLibraries(executablePath)) {
    const libraries = join(home, 'al2023', 'lib');
    env.LD_LIBRARY_PATH = [libraries, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  }
  return { executablePath, args: ARGS, env };
}

function unpackOnce(): string {
  const packageRoot = dirname(
    dirname(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium'))),
  );
  const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
    version: string;
  };
  const cache = fileURLToPath(new URL('../../node_modules/.cache', import.meta.url));
  const home = join(cache, `chromium-${version}`);
  if (existsSync(home)) return home;

  mkdirSync(cache, { recursive: true });
  const partial = mkdtempSync(`${home}.partial-`);
  try {
    // The package unpacks into the temporary directory and trusts whatever it finds there, so it gets one of
    // its own, in a process of its own.
    const script = fileURLToPath(new URL('./unpack-chromium.ts', import.meta.url));
    const { status, stderr } = spawnSync(process.execPath, [script, join(packageRoot, 'bin')], {
      env: { ...inheritedEnvironment(), TMPDIR: partial },
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`Chromium could not be unpacked:\n${stderr}`);
    renameSync(partial, home);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (!existsSync(home)) throw error;
  }
  return home;
}

function lacksLibraries(executablePath: string): boolean {
  const { status, stderr } = spawnSync(executablePath, ['--version'], { encoding: 'utf8' });
  return status !== 0 && stderr.includes('shared libraries');
}

function inheritedEnvironment(): Record<string, string> {
  const set = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  return Object.fromEntries(set) as Record<string, string>;
}
