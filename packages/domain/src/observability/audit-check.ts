import { noSeal, type SealFacts } from './audit-line.ts';

/** The newest seal of a log: who keeps it elsewhere finds out when the log is cut off or written anew. */
export interface AuditHead {
  readonly number: number;
  readonly digest: string;
}

/** What was tampered with first, in the order of the log. `seal` is the number of the seal that tells. */
export type AuditBreak =
  | {
      readonly kind: 'entry_changed';
      readonly entryId: number;
      readonly seal: number;
      readonly sealed: string;
      readonly found: string;
    }
  /** Missing: sealed and gone. Added: put among sealed entries afterwards. Moved: sealed at another place. */
  | {
      readonly kind: 'entry_missing' | 'entry_added' | 'entry_moved';
      readonly entryId: number;
      readonly seal: number;
    }
  /** Missing: a number is left out. Changed: not what its digest says. Replaced: not what the next one follows. */
  | { readonly kind: 'seal_missing' | 'seal_changed' | 'seal_replaced'; readonly seal: number }
  /** The seal is not the one of the head that was kept. */
  | { readonly kind: 'head_differs'; readonly seal: number }
  /** The log ends at `seal`, before the head that was kept or, in a file, before its end. */
  | { readonly kind: 'cut_off'; readonly seal: number };

/** How far a check has come. It is continued with `checkEntry` and `checkSeal` and ended with `endCheck`. */
export interface AuditCheck {
  /** Entries and seals found as they were sealed. */
  readonly entries: number;
  readonly seals: number;
  readonly head: AuditHead | null;
  readonly sealedAt: string | null;
  /** Entries after the last seal seen. */
  readonly open: readonly CheckedEntry[];
  /** A fault among the entries of `head`, told once it is certain that the seal itself is sound. */
  readonly pending: AuditBreak | null;
  readonly broken: AuditBreak | null;
  /** A head that was kept; the log must contain it. */
  readonly kept: AuditHead | null;
}

export interface CheckedEntry {
  readonly id: number;
  readonly digest: string;
}

export interface CheckedSeal {
  readonly facts: SealFacts;
  /** Of the seal as it is found. */
  readonly digest: string;
  /** The digest kept beside it, where there is one. */
  readonly stored: string | null;
}

/** Begins a check, or continues one behind the seal `from`. */
export function beginCheck(
  ask: {
    readonly kept?: AuditHead | null;
    readonly from?: Pick<AuditCheck, 'entries' | 'seals' | 'head' | 'sealedAt'>;
  } = {},
): AuditCheck {
  const from = ask.from ?? { entries: 0, seals: 0, head: null, sealedAt: null };
  return { ...from, open: [], pending: null, broken: null, kept: ask.kept ?? null };
}

/** The entries that stand before the next seal. */
export function checkEntries(check: AuditCheck, entries: readonly CheckedEntry[]): AuditCheck {
  return { ...check, open: check.open.length === 0 ? entries : [...check.open, ...entries] };
}

/** The seal that follows the entries given since the one before. */
export function checkSeal(check: AuditCheck, { facts, digest, stored }: CheckedSeal): AuditCheck {
  const { head, kept, open } = check;
  const { number } = facts;
  const broken = (fault: AuditBreak): AuditCheck => ({ ...check, open: [], pending: null, broken: fault });
  const expected = (head?.number ?? 0) + 1;
  if (number !== expected) return broken({ kind: 'seal_missing', seal: expected });
  if (stored !== null && stored !== digest) return broken({ kind: 'seal_changed', seal: number });
  if (facts.previous !== (head?.digest ?? noSeal)) {
    return broken({ kind: 'seal_replaced', seal: Math.max(1, number - 1) });
  }
  if (check.pending !== null) return broken(check.pending);
  if (kept?.number === number && kept.digest !== digest) {
    return broken({ kind: 'head_differs', seal: number });
  }
  const fault = firstDifference(facts, open);
  return {
    ...check,
    entries: check.entries + facts.entries.length,
    seals: check.seals + 1,
    head: { number, digest },
    sealedAt: facts.sealedAt,
    open: [],
    // A digest beside the seal proves it sound at once; without one the next link of the chain does.
    pending: stored === null ? fault : null,
    broken: stored === null ? null : fault,
  };
}

/** Ends a check: the log has no further seal. `told` is what a file says its newest seal is. */
export function endCheck(check: AuditCheck, told?: AuditHead | null): AuditCheck {
  const { head, kept } = check;
  const number = head?.number ?? 0;
  const broken = (fault: AuditBreak): AuditCheck => ({ ...check, broken: fault });
  if (check.broken !== null) return check;
  if (told !== undefined && (told?.number ?? 0) !== number) return broken({ kind: 'cut_off', seal: number });
  if (told !== undefined && told?.digest !== head?.digest) {
    return broken({ kind: 'seal_changed', seal: number });
  }
  if (check.pending !== null) return broken(check.pending);
  if (kept !== null && kept.number > number) return broken({ kind: 'cut_off', seal: number });
  return check;
}

/** The first place where the entries found are not those that were sealed. */
function firstDifference(
  { number: seal, entries }: SealFacts,
  found: readonly CheckedEntry[],
): AuditBreak | null {
  for (let at = 0; at < Math.max(entries.length, found.length); at += 1) {
    const [id, digest] = entries[at] ?? [null, ''];
    const there = found[at];
    if (there !== undefined && there.id === id) {
      if (there.digest === digest) continue;
      return { kind: 'entry_changed', entryId: there.id, seal, sealed: digest, found: there.digest };
    }
    if (id !== null && !found.some((entry) => entry.id === id)) {
      return { kind: 'entry_missing', entryId: id, seal };
    }
    const entryId = there?.id ?? id ?? 0;
    const known = entries.some(([sealedId]) => sealedId === entryId);
    return { kind: known ? 'entry_moved' : 'entry_added', entryId, seal };
  }
  return null;
}

/** A break in one sentence. */
export function describeBreak(fault: AuditBreak): string {
  const { seal } = fault;
  switch (fault.kind) {
    case 'entry_changed':
      return `Entry ${fault.entryId} was changed after seal ${seal} had been put on it.`;
    case 'entry_missing':
      return `Entry ${fault.entryId} is missing: it was there when seal ${seal} was made.`;
    case 'entry_added':
      return `Entry ${fault.entryId} was put among the entries of seal ${seal} afterwards.`;
    case 'entry_moved':
      return `Entry ${fault.entryId} stood at another place when seal ${seal} was made.`;
    case 'seal_missing':
      return `Seal ${seal} is missing.`;
    case 'seal_changed':
      return `Seal ${seal} was changed: it does not have the digest that was recorded for it.`;
    case 'seal_replaced':
      return `Seal ${seal} is not the one that the seal after it followed.`;
    case 'head_differs':
      return `Seal ${seal} is not the one of the head that was kept.`;
    case 'cut_off':
      return seal === 0
        ? 'The log was cut off: not one seal of it is there.'
        : `The log was cut off after seal ${seal}.`;
  }
}
