import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What an emulator keeps over a restart, in one JSON file. */
export interface StateFile<State> {
  /** What was saved, or null when there is nothing of this format. */
  load(): State | null;
  /** Writes at once, replacing the file as a whole. */
  save(state: State): void;
}

/** Opens a file in a directory, made when absent; without a directory nothing is kept. */
export function openStateFile<State extends { format: number }>(
  directory: string | undefined,
  so: { readonly name: string; readonly format: State['format'] },
): StateFile<State> {
  if (directory === undefined) return { load: () => null, save: () => undefined };
  mkdirSync(directory, { recursive: true });
  const file = join(directory, so.name);
  return {
    load() {
      if (!existsSync(file)) return null;
      const saved = JSON.parse(readFileSync(file, 'utf8')) as State;
      return saved.format === so.format ? saved : null;
    },
    save(state) {
      const temporary = `${file}.${process.pid}.tmp`;
      writeFileSync(temporary, JSON.stringify(state));
      renameSync(temporary, file);
    },
  };
}
