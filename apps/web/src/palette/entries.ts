import type { PlaceIcon } from '../app/places.ts';

/** A line of the palette: something to open or to do. */
export interface Entry {
  /** Unique in the palette. */
  readonly id: string;
  readonly label: string;
  /** What it is, said small beside it: "Connection of Contoso". */
  readonly note?: string;
  readonly icon: PlaceIcon | 'deed' | 'tenant' | 'view';
  /** Further words that find it. */
  readonly words?: string;
  /** Why it cannot be chosen now; the line stays, so that one learns that there is such a thing. */
  readonly refused?: string;
  readonly act: () => void;
}

/** Entries under a heading, as the list component takes them. */
export interface EntryGroup {
  readonly value: string;
  readonly items: readonly Entry[];
}

/** At most this many of a kind are shown; whoever wants more types more. */
export const mostOfAKind = 8;

/** Whether every word typed begins a word of the entry. */
export function matchesEntry(entry: Entry, typed: string): boolean {
  const found = `${entry.label} ${entry.note ?? ''} ${entry.words ?? ''}`.toLowerCase().split(/[\s._:/#-]+/);
  return typed
    .toLowerCase()
    .split(/[\s._:/#-]+/)
    .every((word) => found.some((one) => one.startsWith(word)));
}

/** The groups with what matches, empty ones left out. */
export function matchingGroups(groups: readonly EntryGroup[], typed: string): EntryGroup[] {
  const wanted = typed.trim();
  return groups
    .map(({ value, items }) => ({
      value,
      items: (wanted === '' ? items : items.filter((entry) => matchesEntry(entry, wanted))).slice(
        0,
        mostOfAKind,
      ),
    }))
    .filter(({ items }) => items.length > 0);
}
