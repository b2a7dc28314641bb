import type { Listener } from './listen.ts';

/** Says where an emulator listens and closes it on SIGINT or SIGTERM; for emulators that are processes of their own. */
export function runUntilStopped(name: string, emulator: Listener): void {
  process.stdout.write(`${name} emulator listening on ${emulator.url}\n`);
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      emulator.close().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}
