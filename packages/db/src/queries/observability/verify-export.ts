import {
  type AuditBreak,
  type AuditCheck,
  type AuditHead,
  beginCheck,
  type CheckedEntry,
  checkEntries,
  checkSeal,
  endCheck,
} from '@signalbox/domain/observability/audit-check';
import type { SealFacts } from '@signalbox/domain/observability/audit-line';
import { sha256 } from '../../client/sha256.ts';
import type { HeadLine } from './export-audit.ts';

/** What a check of an exported file found. */
export interface ExportVerdict {
  readonly workspace: string | null;
  readonly entries: number;
  readonly seals: number;
  readonly head: AuditHead | null;
  readonly sealedAt: string | null;
  /** Entries after the head line. */
  readonly unsealed: number;
  readonly fault: AuditBreak | null;
  /** The first line that is not one of an export, or of another workspace, counted from 1. */
  readonly unreadable: number | null;
}

type Line =
  | { readonly type: 'entry'; readonly id: number; readonly workspace: string }
  | (SealFacts & { readonly type: 'seal' })
  | HeadLine;

/** Checks the lines of an export by themselves: no database is asked. */
export async function verifyExport(
  lines: AsyncIterable<string>,
  kept: AuditHead | null,
): Promise<ExportVerdict> {
  let check = beginCheck({ kept });
  let workspace: string | null = null;
  let closed: HeadLine | null = null;
  let open: CheckedEntry[] = [];
  let unsealed = 0;
  let at = 0;
  const verdict = ({ entries, seals, head, sealedAt, broken }: AuditCheck, unreadable: number | null) => ({
    ...{ workspace, entries, seals, head, sealedAt, unsealed, unreadable },
    fault: broken,
  });
  for await (const text of lines) {
    at += 1;
    const line = parse(text);
    workspace ??= line?.workspace ?? null;
    if (line === null || line.workspace !== workspace) return verdict(check, at);
    if (closed !== null) {
      if (line.type !== 'entry') return verdict(check, at);
      unsealed += 1;
    } else if (line.type === 'head') {
      closed = line;
    } else if (line.type === 'entry') {
      open.push({ id: line.id, digest: sha256(text) });
    } else {
      const sealed = { facts: line, digest: sha256(text), stored: null };
      check = checkSeal(checkEntries(check, open), sealed);
      open = [];
      if (check.broken !== null) return verdict(check, null);
    }
  }
  // A file that ends before its head was cut off; what is left of it must not pass for the whole.
  if (closed === null) return verdict({ ...check, broken: cutOff(check) }, null);
  const ended = endCheck(check, closed.head);
  const [extra] = open;
  if (ended.broken !== null || extra === undefined) return verdict(ended, null);
  const added = { kind: 'entry_added', entryId: extra.id, seal: ended.head?.number ?? 0 } as const;
  return verdict({ ...ended, broken: added }, null);
}

const cutOff = ({ head }: AuditCheck): AuditBreak => ({ kind: 'cut_off', seal: head?.number ?? 0 });

/** A line of an export, or null. Only what the check reads is judged; digests judge the rest. */
function parse(text: string): Line | null {
  try {
    const line = JSON.parse(text) as Line;
    if (typeof line.workspace !== 'string') return null;
    if (line.type === 'entry') return Number.isSafeInteger(line.id) ? line : null;
    if (line.type === 'head') {
      const { head } = line;
      const known = head === null || (Number.isSafeInteger(head.number) && typeof head.digest === 'string');
      return known ? line : null;
    }
    return line.type === 'seal' && Number.isSafeInteger(line.number) && Array.isArray(line.entries)
      ? line
      : null;
  } catch {
    return null;
  }
}
