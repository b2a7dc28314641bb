import type { Deed } from '@signalbox/db/commands/run/deeds';
import type {
  DeclaredItem,
  ItemResult,
  LogChunk,
  RunEntry,
  RunWrite,
  StepWrite,
} from '@signalbox/db/commands/run/run-write';
import type { ItemReport, LogLevel } from '@signalbox/domain/run/events';

/** Characters in a chunk of log: at three bytes each they stay below the 64 KiB a chunk may have. */
const chunkLength = 21_000;

/** What has been said about a run since its last write. */
export type Gathered = Pick<RunWrite, 'entries' | 'steps' | 'declared' | 'results' | 'deeds'>;

/** Gathers what belongs into the next write, merging what can be one entry. */
export interface PendingWrites {
  entry(entry: Exclude<RunEntry, LogChunk>): void;
  log(line: { readonly level: LogLevel; readonly step: string | null; readonly text: string }): void;
  step(step: StepWrite): void;
  declare(items: readonly DeclaredItem[]): void;
  settle(result: ItemResult, report: ItemReport): void;
  deed(deed: Deed): void;
  /** Approximate size in characters. */
  size(): number;
  empty(): boolean;
  /** Hands everything over and starts anew. */
  take(): Gathered;
}

export function createPendingWrites(): PendingWrites {
  let entries: RunEntry[] = [];
  let steps = new Map<string, StepWrite>();
  let declared: DeclaredItem[] = [];
  let results: ItemResult[] = [];
  let deeds: Deed[] = [];
  let size = 0;

  return {
    entry: (entry) => {
      const last = entries.at(-1);
      // Of several progress reports in a row only the newest says anything.
      if (entry.kind === 'progress' && last?.kind === 'progress') entries.pop();
      entries.push(entry);
      size += 100;
    },
    log: ({ level, step, text }) => {
      for (const part of chunks(text)) {
        const last = entries.at(-1);
        const joins =
          last?.kind === 'log' &&
          last.level === level &&
          last.step === step &&
          last.text.length + part.length < chunkLength;
        if (joins) entries[entries.length - 1] = { ...last, text: `${last.text}\n${part}` };
        else entries.push({ kind: 'log', level, step, text: part });
        size += part.length;
      }
    },
    step: (step) => {
      steps.set(step.name, step);
      size += 100;
    },
    declare: (items) => {
      declared.push(...items);
      size += items.length * 50;
    },
    settle: (result, report) => {
      results.push(result);
      const last = entries.at(-1);
      if (last?.kind === 'item') {
        const items = [...last.data.items, ...report.items];
        entries[entries.length - 1] = { kind: 'item', data: { items, counts: report.counts } };
      } else entries.push({ kind: 'item', data: report });
      size += 100;
    },
    deed: (deed) => {
      deeds.push(deed);
      size += JSON.stringify(deed).length;
    },
    size: () => size,
    empty: () => entries.length + steps.size + declared.length + results.length + deeds.length === 0,
    take: () => {
      const gathered = { entries, steps: [...steps.values()], declared, results, deeds };
      entries = [];
      steps = new Map();
      declared = [];
      results = [];
      deeds = [];
      size = 0;
      return gathered;
    },
  };
}

/** Cuts text into chunks, never between the halves of a surrogate pair. */
function chunks(text: string): string[] {
  const parts: string[] = [];
  for (let from = 0; from < text.length || parts.length === 0; ) {
    let to = Math.min(text.length, from + chunkLength);
    if (to < text.length && /[\ud800-\udbff]/.test(text.charAt(to - 1))) to -= 1;
    parts.push(text.slice(from, to));
    from = to;
  }
  return parts;
}
