import type { BatchItemStatus } from '@signalbox/domain/provisioning/batch-operation';
import { groupPattern } from './group-pattern.ts';

/** More boxes than this are folded into groups. */
export const mostBoxes = 40;
/** Columns that groups fall into. */
const mostBands = 10;

/** An operation as the picture needs it. */
export interface GraphItem {
  readonly id: string;
  readonly needs: readonly string[];
  readonly type: string;
  /** From 1; operations in a circle stand behind all waves. */
  readonly wave: number;
  readonly status?: BatchItemStatus;
  /** A few words behind the status, such as its progress. */
  readonly note?: string;
  /** How many problems it has. */
  readonly problems?: number;
}

/** Which operations a group holds: those of some waves, perhaps of one kind, perhaps a stretch of the list. */
export interface GroupChoice {
  readonly waves: readonly [number, number];
  readonly type?: string;
  /** Positions in the whole list, from 1. */
  readonly positions?: readonly [number, number];
}

/** The group as it stands in the address. */
export function groupText({ waves, type, positions }: GroupChoice): string {
  return [
    waves.join('-'),
    ...(type === undefined ? [] : [type]),
    ...(positions ? [positions.join('-')] : []),
  ].join('.');
}

/** Reads what `groupText` wrote; null for anything else. */
export function readGroup(text: string | undefined): GroupChoice | null {
  if (text === undefined || !groupPattern.test(text)) return null;
  const [span = '', ...rest] = text.split('.');
  const range = (part: string): [number, number] => {
    const [from = 0, to = 0] = part.split('-').map(Number);
    return [from, to];
  };
  const type = rest.find((part) => /^[a-z_]/.test(part));
  const positions = rest.find((part) => /^\d/.test(part));
  return { waves: range(span), ...(type && { type }), ...(positions && { positions: range(positions) }) };
}

/** The operations that a group holds. */
export function itemsOfGroup<T extends GraphItem>(
  items: readonly T[],
  group: GroupChoice | null,
): readonly T[] {
  if (group === null) return items;
  const { waves, type, positions } = group;
  return items.filter(
    (item, index) =>
      item.wave >= waves[0] &&
      item.wave <= waves[1] &&
      (type === undefined || item.type === type) &&
      (positions === undefined || (index + 1 >= positions[0] && index + 1 <= positions[1])),
  );
}

/** A box of the picture: one operation, or a group of them. */
export interface GraphBox {
  readonly key: string;
  readonly items: readonly GraphItem[];
  /** Absent for a box of one operation. */
  readonly group?: GroupChoice;
}

export interface BoxGraph {
  /** Boxes from left to right. */
  readonly columns: readonly (readonly GraphBox[])[];
  /** Keys: the first is needed by the second. */
  readonly edges: readonly (readonly [string, string])[];
}

/** The boxes to draw of these operations: themselves, or groups where they are too many to be told apart. */
export function boxesOf(all: readonly GraphItem[], chosen: GroupChoice | null): BoxGraph {
  const items = itemsOfGroup(all, chosen);
  const columns = items.length <= mostBoxes ? singly(items) : folded(all, items);
  const boxOf = new Map(
    columns.flatMap((boxes) => boxes.flatMap((box) => box.items.map(({ id }) => [id, box.key] as const))),
  );
  const edges = new Map<string, readonly [string, string]>();
  for (const { id, needs } of items) {
    const to = boxOf.get(id);
    for (const need of needs) {
      const from = boxOf.get(need);
      if (from !== undefined && to !== undefined && from !== to)
        edges.set(JSON.stringify([from, to]), [from, to]);
    }
  }
  return { columns, edges: [...edges.values()] };
}

function byWave(items: readonly GraphItem[]): Map<number, GraphItem[]> {
  const waves = new Map<number, GraphItem[]>();
  for (const item of items.toSorted((a, b) => a.wave - b.wave)) {
    waves.set(item.wave, [...(waves.get(item.wave) ?? []), item]);
  }
  return waves;
}

/** A box each. Two operations of one id are two boxes. */
function singly(items: readonly GraphItem[]): GraphBox[][] {
  const seen = new Map<string, number>();
  return [...byWave(items).values()].map((wave) =>
    wave.map((item) => {
      const times = (seen.get(item.id) ?? 0) + 1;
      seen.set(item.id, times);
      return { key: times === 1 ? item.id : `${item.id}\n${times}`, items: [item] };
    }),
  );
}

function folded(all: readonly GraphItem[], items: readonly GraphItem[]): GraphBox[][] {
  const waves = [...byWave(items).values()];
  const positions = new Map(all.map((item, index) => [item, index + 1]));
  const perBand = Math.ceil(waves.length / mostBands);
  const bands = Array.from({ length: Math.ceil(waves.length / perBand) }, (_, at) =>
    waves.slice(at * perBand, (at + 1) * perBand).flat(),
  );
  return bands.map((band) => {
    const first = band[0]?.wave ?? 1;
    const span = [first, band.at(-1)?.wave ?? first] as const;
    const types = [...new Set(band.map(({ type }) => type))];
    // Groups that would be the whole again are cut into stretches of the list.
    const cut = bands.length === 1 && types.length === 1;
    if (!cut) {
      return types.map((type) =>
        box(
          band.filter((item) => item.type === type),
          { waves: span, type },
        ),
      );
    }
    const listed = band.toSorted((a, b) => (positions.get(a) ?? 0) - (positions.get(b) ?? 0));
    const size = Math.max(mostBoxes, Math.ceil(listed.length / mostBoxes));
    return Array.from({ length: Math.ceil(listed.length / size) }, (_, at) => {
      const part = listed.slice(at * size, (at + 1) * size);
      const [from, to] = [part[0], part.at(-1)].map((item) => (item && positions.get(item)) ?? 1);
      return box(part, { waves: span, type: types[0] ?? '', positions: [from ?? 1, to ?? 1] });
    });
  });
}

function box(items: readonly GraphItem[], group: GroupChoice): GraphBox {
  return { key: groupText(group), items, group };
}
