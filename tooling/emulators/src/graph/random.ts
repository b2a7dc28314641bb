/** A deterministic source of numbers: the same seed gives the same world on every machine. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** An integer in [0, below). */
  integer(below: number): number;
  /** One element of a non-empty list. */
  pick<T>(list: readonly T[]): T;
  /** A version-4-shaped uuid made from the stream. */
  uuid(): string;
}

/** Makes a mulberry32 generator; 32 bits of state are plenty for demo data. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const integer = (below: number): number => Math.floor(next() * below);
  const hex = (digits: number): string => {
    let text = '';
    for (let index = 0; index < digits; index += 1) text += integer(16).toString(16);
    return text;
  };
  return {
    next,
    integer,
    pick: (list) => {
      const value = list[integer(list.length)];
      if (value === undefined) throw new Error('pick needs a non-empty list');
      return value;
    },
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${'89ab'[integer(4)]}${hex(3)}-${hex(12)}`,
  };
}

/** A 32-bit number from a text, to give each tenant its own stream. */
export function hashText(text: string): number {
  let hash = 2166136261;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619) >>> 0;
  return hash;
}
