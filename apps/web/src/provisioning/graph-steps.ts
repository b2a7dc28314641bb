import type { Place } from './graph-layout.ts';

/** The box that a key leads to from another one; null where there is none, or the key leads nowhere. */
export function nextBox(boxes: ReadonlyMap<string, Place>, from: string, key: string): string | null {
  const at = boxes.get(from);
  if (at === undefined) return null;
  const keys = [...boxes.keys()];
  if (key === 'Home') return keys[0] ?? null;
  if (key === 'End') return keys.at(-1) ?? null;
  const others = [...boxes].filter(([name]) => name !== from);
  const sameColumn = others.filter(([, { x }]) => x === at.x);
  if (key === 'ArrowDown')
    return nearest(
      sameColumn.filter(([, { y }]) => y > at.y),
      at,
    );
  if (key === 'ArrowUp')
    return nearest(
      sameColumn.filter(([, { y }]) => y < at.y),
      at,
    );
  if (key === 'ArrowRight') return nearest(columnBeside(others, at.x, 1), at);
  if (key === 'ArrowLeft') return nearest(columnBeside(others, at.x, -1), at);
  return null;
}

type Placed = readonly [string, Place];

/** The boxes of the nearest column on one side. */
function columnBeside(boxes: readonly Placed[], x: number, side: 1 | -1): readonly Placed[] {
  const beyond = boxes.filter(([, place]) => (place.x - x) * side > 0);
  const distance = beyond.reduce((least, [, place]) => Math.min(least, Math.abs(place.x - x)), Infinity);
  return beyond.filter(([, place]) => Math.abs(place.x - x) === distance);
}

function nearest(boxes: readonly Placed[], { x, y }: Place): string | null {
  const far = ([, place]: Placed) => Math.hypot(place.x - x, place.y - y);
  const [first] = boxes.toSorted((a, b) => far(a) - far(b));
  return first?.[0] ?? null;
}
