import { type Capability, roleHolds } from '@signalbox/domain/access/capabilities';

/** A choice of capabilities under one name. */
export interface KeyPreset {
  readonly label: string;
  readonly pick: (mine: readonly Capability[]) => readonly Capability[];
}

const reads = (mine: readonly Capability[]) => mine.filter((each) => each.endsWith('.read'));

/** What most keys are for. Each gives only what the maker holds. */
export const keyPresets: readonly KeyPreset[] = [
  // What every member may see; the audit log is picked by hand.
  { label: 'Read only', pick: (mine) => reads(mine).filter((each) => roleHolds('viewer', each)) },
  {
    label: 'Start and watch runs',
    pick: (mine) =>
      mine.filter(
        (each) => roleHolds('viewer', each) || (each.startsWith('run.') && roleHolds('operator', each)),
      ),
  },
  { label: 'Everything I may', pick: (mine) => mine },
];

/** Whether two choices are the same, in whatever order. */
export function sameChoice(one: readonly Capability[], other: readonly Capability[]): boolean {
  return one.length === other.length && one.every((each) => other.includes(each));
}

/** A key's capabilities in a few words: whether it changes anything is what a reader asks first. */
export function scopeText(held: readonly Capability[]): string {
  const count = `${held.length} ${held.length === 1 ? 'capability' : 'capabilities'}`;
  if (held.length === 0) return 'Nothing';
  return reads(held).length === held.length ? `Reads only, ${count}` : count;
}

/** A key expires within this time: whoever depends on it should hear of it, ms. */
const soonMs = 7 * 86_400_000;

/** Whether a key ends so soon that its owner should act. */
export function endsSoon(expiresAt: string | undefined, now: number): boolean {
  if (expiresAt === undefined) return false;
  const left = Date.parse(expiresAt) - now;
  return left > 0 && left <= soonMs;
}

/** A key as it may be shown at any time: enough to tell it from another one. */
export function keyMark({ id, hint }: { readonly id: string; readonly hint: string }): string {
  return `sbx_${id}_…${hint}`;
}

/** A first call with a new key. */
export function firstCall(key: string, origin: string): string {
  return `curl -sS '${origin}/v1/caller' \\\n  -H 'Authorization: Bearer ${key}'`;
}
