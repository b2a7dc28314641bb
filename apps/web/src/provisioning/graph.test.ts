import { expect, test } from 'vitest';
import { boxesOf, type GraphItem, groupText, itemsOfGroup, mostBoxes, readGroup } from './graph-groups.ts';
import { boxSize, layOut } from './graph-layout.ts';
import { nextBox } from './graph-steps.ts';
import { longestChain } from './longest-chain.ts';

const item = (id: string, wave: number, needs: string[] = []): GraphItem => ({
  id,
  wave,
  needs,
  type: 'server_batch',
});
const columnsOf = (items: GraphItem[]) => {
  const graph = boxesOf(items, null);
  return {
    graph,
    layout: layOut(
      graph.columns.map((boxes) => boxes.map(({ key }) => key)),
      graph.edges,
    ),
  };
};
const diamond = [item('a', 1), item('b', 2, ['a']), item('c', 2, ['a']), item('d', 3, ['b', 'c', 'a'])];

test('boxes stand in the column of their wave and never on one another', () => {
  const { layout } = columnsOf(diamond);
  const at = (id: string) => layout.boxes.get(id) ?? { x: -1, y: -1 };
  expect([at('a').x < at('b').x, at('b').x === at('c').x, at('c').x < at('d').x]).toEqual([true, true, true]);
  expect(Math.abs(at('b').y - at('c').y)).toBeGreaterThanOrEqual(boxSize.height);
  // The line over two columns has a place of its own between the boxes.
  expect(layout.lines.find(({ from, to }) => from === 'a' && to === 'd')?.path).toContain('H');
  expect(layout.height).toBeGreaterThan(2 * boxSize.height);
});

test('a circle and two operations of one id are drawn too', () => {
  const { graph, layout } = columnsOf([item('a', 1, ['b']), item('b', 1, ['a']), item('b', 1, ['b'])]);
  expect(graph.columns.flat()).toHaveLength(3);
  expect(layout.lines).toHaveLength(graph.edges.length);
});

test('many operations are folded into few boxes that hold each of them once, and open into fewer', () => {
  const shapes = [
    Array.from({ length: 1_000 }, (_, at) => item(`n${at}`, at + 1, at === 0 ? [] : [`n${at - 1}`])),
    Array.from({ length: 1_000 }, (_, at) => item(`n${at}`, 1)),
    Array.from({ length: 1_000 }, (_, at) => ({
      ...item(`n${at}`, 1 + (at % 30), at % 30 === 0 ? [] : [`n${at - 1}`]),
      type: at % 2 === 0 ? 'server_batch' : 'cluster_batch',
    })),
  ];
  for (const items of shapes) {
    let inside: readonly GraphItem[] = items;
    let opened: string | undefined;
    for (let depth = 0; inside.length > mostBoxes; depth += 1) {
      const boxes = boxesOf(items, readGroup(opened)).columns.flat();
      expect(boxes.length).toBeLessThanOrEqual(mostBoxes);
      expect(boxes.flatMap((box) => box.items)).toHaveLength(inside.length);
      expect(depth).toBeLessThan(5);
      const group = boxes[0]?.group;
      if (group === undefined) throw new Error('a box that does not open');
      opened = groupText(group);
      const within = itemsOfGroup(items, readGroup(opened));
      expect(new Set(within)).toEqual(new Set(boxes[0]?.items));
      inside = within;
    }
  }
});

test('a group that stands in an address is read back, and anything else is none', () => {
  const group = { waves: [3, 5], type: 'server_batch', positions: [41, 80] } as const;
  expect(readGroup(groupText(group))).toEqual(group);
  for (const text of [undefined, '', '3', 'x-y', '3-5.server_batch.4', '__proto__'])
    expect(readGroup(text)).toBeNull();
});

test('arrow keys lead to the nearest box on that side', () => {
  const { layout } = columnsOf(diamond);
  const second = [...layout.boxes].find(([, { x }]) => x > 0)?.[0] ?? '';
  expect(['b', 'c']).toContain(nextBox(layout.boxes, 'a', 'ArrowRight'));
  expect(nextBox(layout.boxes, 'd', 'ArrowRight')).toBeNull();
  expect(nextBox(layout.boxes, second, 'ArrowLeft')).toBe('a');
  expect(nextBox(layout.boxes, 'a', 'End')).toBe('d');
  expect(nextBox(layout.boxes, 'b', 'ArrowDown') ?? nextBox(layout.boxes, 'b', 'ArrowUp')).toBe('c');
  expect(nextBox(layout.boxes, 'a', 'x')).toBeNull();
});

test('the longest chain is the heaviest way through', () => {
  const link = (id: string, weight: number, ...needs: string[]) => ({ id, weight, needs });
  expect(longestChain([link('a', 1), link('b', 9), link('c', 1, 'a'), link('d', 1, 'c')])).toEqual(['b']);
  expect(longestChain([link('a', 1), link('b', 2, 'a'), link('c', 5, 'a'), link('d', 1, 'b', 'c')])).toEqual([
    'a',
    'c',
    'd',
  ]);
  expect(longestChain([])).toEqual([]);
});
