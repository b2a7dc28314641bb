import type { KeptResource } from './checkpoint-model.ts';

/** A resource that differs between two checkpoints. */
export interface Difference {
  readonly what: 'added' | 'removed' | 'changed';
  readonly infra: string;
  readonly kind: string;
  readonly name: string;
  /** The facts that differ; none for what is only there or only gone. */
  readonly facts: readonly { readonly name: string; readonly before: string; readonly after: string }[];
}

const keyOf = ({ infra, kind, name }: KeptResource): string => JSON.stringify([infra, kind, name]);

/** What stands in the later one and not in the earlier one, the other way round, or in both and not alike. */
export function compareContents(
  earlier: readonly KeptResource[],
  later: readonly KeptResource[],
): Difference[] {
  const before = new Map(earlier.map((one) => [keyOf(one), one]));
  const after = new Map(later.map((one) => [keyOf(one), one]));
  const differences: Difference[] = [];
  for (const [key, one] of after) {
    const old = before.get(key);
    if (old === undefined) differences.push(differenceOf('added', one));
    else {
      const facts = factsBetween(old, one);
      if (facts.length > 0) differences.push(differenceOf('changed', one, facts));
    }
  }
  for (const [key, one] of before) if (!after.has(key)) differences.push(differenceOf('removed', one));
  return differences.sort((a, b) => compareText(a.infra, b.infra) || compareText(a.name, b.name));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function differenceOf(
  what: Difference['what'],
  { infra, kind, name }: KeptResource,
  facts: Difference['facts'] = [],
): Difference {
  return { what, infra, kind, name, facts };
}

/** A resource that was made anew under its name has another id at its provider, which is a fact too. */
function factsBetween(before: KeptResource, after: KeptResource): Difference['facts'] {
  const [old, now] = [flatFacts(before), flatFacts(after)];
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((name) => {
    const [was, is] = [old.get(name) ?? '—', now.get(name) ?? '—'];
    return was === is ? [] : [{ name, before: was, after: is }];
  });
}

function flatFacts({ provider, externalId, state }: KeptResource): Map<string, string> {
  const facts = typeof state === 'object' && state !== null ? Object.entries(state) : [];
  const told = facts.map(([name, value]) => [name, shown(value)] as const);
  return new Map([['provider', provider], ['id at its provider', externalId ?? '—'], ...told]);
}

/** Equal values have equal texts, whatever the order of their members. */
function shown(value: unknown): string {
  if (typeof value === 'string') return value;
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => compareText(a, b)))
      : part,
  );
}
