import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Where the built console lies; `SIGNALBOX_WEB_DIR` names another build.
 * @throws Error saying how to build it when it is not there
 */
export function consoleDirectory(): string {
  const built = fileURLToPath(new URL('../../../../apps/web/dist', import.meta.url));
  const directory = process.env.SIGNALBOX_WEB_DIR ?? built;
  if (existsSync(join(directory, 'index.html'))) return directory;
  throw new Error(
    `The console is not built (${directory}). Run: npx turbo run build --filter=@signalbox/web`,
  );
}
