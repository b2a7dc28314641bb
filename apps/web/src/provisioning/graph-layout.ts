/** Measures of the picture, px. */
export const boxSize = { width: 192, height: 54 } as const;
const gap = { column: 72, row: 14 } as const;
/** The height a line takes where it passes through a column. */
const passing = 12;
/** With more lines than this they go straight, past or behind the boxes between. */
const mostRouted = 200;

export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  /** The upper left corner of each box. */
  readonly boxes: ReadonlyMap<string, Place>;
  readonly lines: readonly { readonly from: string; readonly to: string; readonly path: string }[];
}

/** A place in a column: a box, or a line that passes between boxes. */
interface Slot {
  readonly key: string;
  readonly line: boolean;
}

/**
 * Places boxes that stand in columns so that few lines cross: each column is ordered by the mean place of what it is
 * tied to, a few times over. Lines over several columns keep a place of their own in those between. A line within a
 * column or backwards, as in a circle, is drawn as a bow.
 */
export function layOut(
  columns: readonly (readonly string[])[],
  edges: readonly (readonly [string, string])[],
): GraphLayout {
  const columnOf = new Map(columns.flatMap((keys, at) => keys.map((key) => [key, at] as const)));
  const slots: Slot[][] = columns.map((keys) => keys.map((key) => ({ key, line: false })));
  const routed = edges.length <= mostRouted;
  const routes = edges.map(([from, to]) => {
    const [start, end] = [columnOf.get(from) ?? 0, columnOf.get(to) ?? 0];
    const between =
      routed && end > start + 1 ? Array.from({ length: end - start - 1 }, (_, at) => start + 1 + at) : [];
    const passed = between.map((column) => {
      const key = JSON.stringify([from, to, column]);
      slots[column]?.push({ key, line: true });
      return key;
    });
    return { from, to, keys: [from, ...passed, to], forward: end > start };
  });
  order(
    slots,
    routes.filter(({ forward }) => forward).map(({ keys }) => keys),
  );
  const heights = slots.map((column) =>
    column.reduce((sum, slot) => sum + heightOf(slot) + gap.row, -gap.row),
  );
  const height = Math.max(boxSize.height, ...heights);
  const places = new Map<string, Place>();
  for (const [at, column] of slots.entries()) {
    let y = (height - (heights[at] ?? 0)) / 2;
    for (const slot of column) {
      places.set(slot.key, { x: at * (boxSize.width + gap.column), y });
      y += heightOf(slot) + gap.row;
    }
  }
  return {
    width: Math.max(1, columns.length) * (boxSize.width + gap.column) - gap.column,
    height,
    boxes: new Map([...columnOf.keys()].map((key) => [key, places.get(key) ?? { x: 0, y: 0 }])),
    lines: routes.map(({ from, to, keys, forward }) => ({
      from,
      to,
      path: forward ? curve(keys, places) : bow(from, to, places),
    })),
  };
}

function heightOf({ line }: Slot): number {
  return line ? passing : boxSize.height;
}

function order(slots: Slot[][], routes: readonly (readonly string[])[]): void {
  const before = new Map<string, string[]>();
  const behind = new Map<string, string[]>();
  const tie = (ties: Map<string, string[]>, key: string, other: string) => {
    const list = ties.get(key);
    if (list === undefined) ties.set(key, [other]);
    else list.push(other);
  };
  for (const keys of routes) {
    for (const [at, key] of keys.entries()) {
      const next = keys[at + 1];
      if (next === undefined) continue;
      tie(behind, key, next);
      tie(before, next, key);
    }
  }
  const forward = slots.map((_, at) => at);
  for (let sweep = 0; sweep < 4; sweep += 1) {
    const [ties, way] = sweep % 2 === 0 ? [before, forward] : [behind, forward.toReversed()];
    const rank = new Map(
      slots.flatMap((column) =>
        column.map(({ key }, index) => [key, (index + 0.5) / column.length] as const),
      ),
    );
    for (const at of way) {
      const column = slots[at] ?? [];
      const wish = new Map(
        column.map(({ key }) => [
          key,
          mean((ties.get(key) ?? []).map((tied) => rank.get(tied) ?? 0.5)) ?? rank.get(key) ?? 0.5,
        ]),
      );
      column.sort((a, b) => (wish.get(a.key) ?? 0) - (wish.get(b.key) ?? 0));
      for (const [index, { key }] of column.entries()) rank.set(key, (index + 0.5) / column.length);
    }
  }
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

const middle = boxSize.height / 2;

function curve(keys: readonly string[], places: ReadonlyMap<string, Place>): string {
  const points = keys.map((key) => places.get(key) ?? { x: 0, y: 0 });
  const first = points[0] ?? { x: 0, y: 0 };
  let at = { x: first.x + boxSize.width, y: first.y + middle };
  let path = `M${at.x} ${at.y}`;
  for (const [index, point] of points.entries()) {
    if (index === 0) continue;
    const last = index === points.length - 1;
    const y = point.y + (last ? middle : passing / 2);
    const half = (at.x + point.x) / 2;
    path += `C${half} ${at.y} ${half} ${y} ${point.x} ${y}`;
    at = { x: point.x, y };
    if (!last) {
      at = { x: point.x + boxSize.width, y };
      path += `H${at.x}`;
    }
  }
  return path;
}

/** From the right side of one box around to the right side of another. */
function bow(from: string, to: string, places: ReadonlyMap<string, Place>): string {
  const [a, b] = [places.get(from), places.get(to)].map((place) => ({
    x: (place?.x ?? 0) + boxSize.width,
    y: (place?.y ?? 0) + middle,
  }));
  if (a === undefined || b === undefined) return '';
  const out = Math.max(a.x, b.x) + 44;
  return `M${a.x} ${a.y - 6}C${out} ${a.y - 6} ${out} ${b.y + 6} ${b.x} ${b.y + 6}`;
}
