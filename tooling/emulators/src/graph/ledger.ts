import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';

/** One write that reached the emulator, applied or refused. */
export interface LedgerEntry {
  seq: number;
  /** ISO times. */
  startedAt: string;
  endedAt: string;
  tenant: string;
  appId: string;
  method: string;
  path: string;
  clientRequestId: string | null;
  /** The caller's stable key of the effect (`x-signalbox-effect-key`); the real Graph ignores this header. */
  effectKey: string | null;
  status: number;
  /** Whether the state changed; a doubled effect shows as two applied entries with one key. */
  applied: boolean;
}

/** The append-only list of writes; on disk one JSON object a line when a file is given. */
export interface Ledger {
  append(entry: Omit<LedgerEntry, 'seq'>): void;
  list(): LedgerEntry[];
  clear(): void;
}

/** Opens the ledger; a half line left by a killed process is dropped. */
export function openLedger(file: string | undefined): Ledger {
  let entries: LedgerEntry[] = [];
  if (file !== undefined && existsSync(file)) {
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      try {
        if (line !== '') entries.push(JSON.parse(line) as LedgerEntry);
      } catch {
        writeFileSync(file, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
      }
    }
  }
  return {
    append(entry) {
      const numbered = { seq: (entries.at(-1)?.seq ?? 0) + 1, ...entry };
      entries.push(numbered);
      if (file !== undefined) appendFileSync(file, `${JSON.stringify(numbered)}\n`);
    },
    list: () => [...entries],
    clear() {
      entries = [];
      if (file !== undefined) writeFileSync(file, '');
    },
  };
}
