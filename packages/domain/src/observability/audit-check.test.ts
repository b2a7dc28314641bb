import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AuditBreak,
  type AuditCheck,
  beginCheck,
  type CheckedEntry,
  checkEntries,
  checkSeal,
  describeBreak,
  endCheck,
} from './audit-check.ts';
import { noSeal, type SealFacts, sealLine } from './audit-line.ts';

/** Any function will do for a digest here, as long as different texts differ. */
const digestOf = (text: string): string => `#${text}`;

interface Part {
  entries: CheckedEntry[];
  seal: SealFacts;
}

function sealed(groups: readonly (readonly string[])[]): Part[] {
  const parts: Part[] = [];
  let id = 0;
  for (const texts of groups) {
    const entries = texts.map((text) => ({ id: ++id, digest: digestOf(text) }));
    const before = parts.at(-1)?.seal;
    parts.push({ entries, seal: sealOver(parts.length + 1, before, entries) });
  }
  return parts;
}

function sealOver(
  number: number,
  before: SealFacts | undefined,
  entries: readonly CheckedEntry[],
): SealFacts {
  const place = (entry: CheckedEntry | undefined) => ({ transaction: '1', id: entry?.id ?? 0 });
  return {
    workspace: 'ws-1',
    number,
    previous: before === undefined ? noSeal : digestOf(sealLine(before)),
    first: place(entries[0]),
    last: place(entries.at(-1)),
    count: entries.length,
    entries: entries.map(({ id, digest }) => [id, digest] as const),
    sealedAt: '2026-03-14T02:15:00.000000Z',
  };
}

interface Way {
  readonly kept?: { number: number; digest: string };
  /** Digests beside the seals, as the database has them; a file has none. */
  readonly stored?: readonly string[];
}

function check(parts: readonly Part[], { kept, stored }: Way = {}): AuditCheck {
  let state = beginCheck(kept === undefined ? {} : { kept });
  for (const [at, { entries, seal }] of parts.entries()) {
    state = checkEntries(state, entries);
    state = checkSeal(state, { facts: seal, digest: digestOf(sealLine(seal)), stored: stored?.[at] ?? null });
    if (state.broken !== null) return state;
  }
  return endCheck(state);
}

const digests = (parts: readonly Part[]) => parts.map(({ seal }) => digestOf(sealLine(seal)));
const headOf = (parts: readonly Part[]) => ({ number: parts.length, digest: digests(parts).at(-1) ?? '' });

const groups = fc.array(fc.array(fc.string(), { minLength: 1, maxLength: 4 }), {
  minLength: 1,
  maxLength: 5,
});

describe('the check of a log', () => {
  test('finds a log that nobody touched intact, with or without digests beside the seals', () => {
    fc.assert(
      fc.property(groups, fc.boolean(), (given, beside) => {
        const parts = sealed(given);
        const state = check(parts, beside ? { stored: digests(parts) } : {});
        expect(state).toMatchObject({
          broken: null,
          pending: null,
          entries: given.flat().length,
          head: headOf(parts),
        });
      }),
    );
  });

  test('names the entry that was changed, removed, added or moved, and finds no fault before it', () => {
    const deeds = fc.constantFrom('change', 'remove', 'add', 'move');
    fc.assert(
      fc.property(groups, fc.nat(), fc.tuple(deeds, fc.boolean()), (given, seed, [deed, beside]) => {
        const parts = sealed(given);
        const stored = digests(parts);
        const at = seed % parts.length;
        const entries = parts[at]?.entries ?? [];
        const place = seed % entries.length;
        const target = entries[place];
        fc.pre(target !== undefined && (deed !== 'move' || entries.length > 1));
        if (target === undefined) return;
        const expected = tamper(deed, entries, { place, target });
        const state = check(parts, beside ? { stored } : {});
        expect(state.broken).toMatchObject({ ...expected, seal: at + 1 });
      }),
    );
  });

  test('names the seal that was changed, whatever of it, and the one that is missing', () => {
    fc.assert(
      fc.property(groups, fc.nat(), fc.boolean(), (given, seed, beside) => {
        const parts = sealed(given);
        const stored = digests(parts);
        const head = headOf(parts);
        const at = seed % parts.length;
        const part = parts[at];
        if (part === undefined) return;
        part.seal = { ...part.seal, sealedAt: '2027-01-01T00:00:00.000000Z' };
        const state = check(parts, beside ? { stored } : { kept: head });
        expect(state.broken).toMatchObject({ seal: at + 1 });
        parts.splice(at, 1);
        stored.splice(at, 1);
        expect(check(parts, { kept: head, stored }).broken).toEqual(
          at === parts.length ? { kind: 'cut_off', seal: at } : { kind: 'seal_missing', seal: at + 1 },
        );
      }),
    );
  });

  test('finds with a kept head what was cut off or sealed anew from any place on', () => {
    fc.assert(
      fc.property(groups, fc.nat(), (given, seed) => {
        const kept = headOf(sealed(given));
        const at = seed % given.length;
        const anew = given.map((texts, index) => (index < at ? texts : texts.map((text) => `${text}!`)));
        const forged = sealed(anew);
        expect(check(forged, { stored: digests(forged), kept }).broken).toEqual({
          kind: 'head_differs',
          seal: given.length,
        });
        const cut = sealed(given.slice(0, at));
        expect(check(cut, { kept }).broken).toEqual({ kind: 'cut_off', seal: at });
      }),
    );
  });

  test('a file whose end says another seal is cut off', () => {
    const parts = sealed([['a'], ['b']]);
    const state = checkEntries(beginCheck(), parts[0]?.entries ?? []);
    const first = parts[0]?.seal;
    if (first === undefined) throw new Error('No seal was made.');
    const half = checkSeal(state, { facts: first, digest: digestOf(sealLine(first)), stored: null });
    expect(endCheck(half, headOf(parts)).broken).toEqual({ kind: 'cut_off', seal: 1 });
    expect(endCheck(half, { number: 1, digest: 'another' }).broken).toEqual({
      kind: 'seal_changed',
      seal: 1,
    });
  });

  test('every fault is told in a sentence with its entry or seal', () => {
    const kinds = ['entry_missing', 'entry_added', 'entry_moved'] as const;
    const faults: AuditBreak[] = [
      { kind: 'entry_changed', entryId: 41, seal: 7, sealed: 'a', found: 'b' },
      ...kinds.map((kind) => ({ kind, entryId: 41, seal: 7 })),
      { kind: 'seal_missing', seal: 7 },
      { kind: 'seal_changed', seal: 7 },
      { kind: 'seal_replaced', seal: 7 },
      { kind: 'head_differs', seal: 7 },
      { kind: 'cut_off', seal: 7 },
    ];
    for (const fault of faults) {
      const sentence = describeBreak(fault);
      expect(sentence).toMatch(/\.$/);
      expect(sentence).toContain('7');
      if ('entryId' in fault) expect(sentence).toContain('Entry 41');
    }
    expect(describeBreak({ kind: 'cut_off', seal: 0 })).toBe(
      'The log was cut off: not one seal of it is there.',
    );
  });
});

function tamper(
  deed: string,
  entries: CheckedEntry[],
  { place, target }: { place: number; target: CheckedEntry },
): Partial<AuditBreak> & { entryId: number } {
  if (deed === 'change') {
    entries[place] = { ...target, digest: 'x' };
    return { kind: 'entry_changed', entryId: target.id };
  }
  if (deed === 'remove') {
    entries.splice(place, 1);
    return { kind: 'entry_missing', entryId: target.id };
  }
  if (deed === 'add') {
    entries.splice(place, 0, { id: 999, digest: 'x' });
    return { kind: 'entry_added', entryId: 999 };
  }
  const other = place === 0 ? 1 : 0;
  const first = Math.min(place, other);
  const swapped = entries[other];
  if (swapped === undefined) throw new Error('There is nothing to change places with.');
  [entries[place], entries[other]] = [swapped, target];
  return { kind: 'entry_moved', entryId: entries[first]?.id ?? 0 };
}
