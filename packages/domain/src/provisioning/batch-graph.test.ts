import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BatchNode, checkBatchGraph, largestBatchGraph } from './batch-graph.ts';
import { peakConcurrency, waves } from './waves.ts';

const node = (id: string, ...dependencies: string[]): BatchNode => ({ id, provider: 'local', dependencies });
const chain = (length: number): BatchNode[] =>
  Array.from({ length }, (_, index) => (index === 0 ? node('n0') : node(`n${index}`, `n${index - 1}`)));

/** Operations that only need what stands before them, in any order of the list. */
const batch = fc
  .array(fc.array(fc.nat({ max: 20 }), { maxLength: 5 }), { minLength: 1, maxLength: 20 })
  .map((all) =>
    all.map((needs, index) =>
      node(`n${index}`, ...needs.filter((need) => need < index).map((need) => `n${need}`)),
    ),
  )
  .chain((nodes) => fc.shuffledSubarray(nodes, { minLength: nodes.length }));

test('whatever can be put in an order is a batch', () => {
  fc.assert(
    fc.property(batch, (nodes) => {
      expect(checkBatchGraph(nodes)).toEqual([]);
    }),
  );
});

test('every problem of a list is named at once, with the operations it concerns and where they stand', () => {
  const problems = checkBatchGraph([
    node('a', 'b'),
    node('b', 'c'),
    node('c', 'a', 'gone', 'gone'),
    node('twice'),
    node('twice'),
    node('self', 'self'),
    { ...node('cloud'), provider: 'mainframe' },
    node('__proto__'),
    node('x', 'y'),
    node('y', 'x', 'a'),
    node('constructor', 'a'),
  ]);
  expect(
    problems.map(({ code, operations, index }) => ({ code, operations: operations.join(' '), index })),
  ).toEqual([
    { code: 'unknown_dependency', operations: 'c', index: 2 },
    { code: 'duplicate_id', operations: 'twice', index: 4 },
    { code: 'self_loop', operations: 'self', index: 5 },
    { code: 'unknown_provider', operations: 'cloud', index: 6 },
    { code: 'unusable_id', operations: '__proto__', index: 7 },
    { code: 'cycle', operations: 'a b c', index: 0 },
    { code: 'cycle', operations: 'x y', index: 8 },
  ]);
  expect(problems.map(({ message }) => message)).toContain(
    'These operations need each other in a circle: "a" → "b" → "c" → "a".',
  );
});

test('a dependency that nobody has is unknown, whatever an empty object would call its own', () => {
  for (const id of ['__proto__', 'constructor', 'toString']) {
    expect(checkBatchGraph([node('a', id)]).map(({ code }) => code)).toEqual(['unknown_dependency']);
  }
});

test('of every knot a true cycle is named, and nothing that stands in none', () => {
  const edges = fc.array(fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 9 })), { maxLength: 25 });
  fc.assert(
    fc.property(edges, (pairs) => {
      const needs = (from: number) => pairs.filter(([a, b]) => a === from && a !== b).map(([, b]) => `n${b}`);
      const nodes = Array.from({ length: 10 }, (_, index) => node(`n${index}`, ...needs(index)));
      const byId = new Map(nodes.map((each) => [each.id, each]));
      const leadsTo = (from: string, to: string): boolean => {
        const seen = new Set<string>();
        const open = [...(byId.get(from)?.dependencies ?? [])];
        for (let at = open.pop(); at !== undefined; at = open.pop()) {
          if (at === to) return true;
          if (seen.has(at)) continue;
          seen.add(at);
          open.push(...(byId.get(at)?.dependencies ?? []));
        }
        return false;
      };
      const cycles = checkBatchGraph(nodes).map(({ operations }) => operations);
      for (const path of cycles) {
        expect(new Set(path).size).toBe(path.length);
        for (const [at, id] of path.entries())
          expect(byId.get(id)?.dependencies).toContain(path[(at + 1) % path.length]);
      }
      for (const { id } of nodes) {
        // A node of a knot leads to the cycle named of it and back.
        const knots = cycles.filter(
          ([first = '']) => first === id || (leadsTo(id, first) && leadsTo(first, id)),
        );
        expect(knots).toHaveLength(leadsTo(id, id) ? 1 : 0);
      }
      if (cycles.length === 0) expect(waves(nodes).flat()).toHaveLength(nodes.length);
    }),
  );
});

test('a list is judged whole at its limits and looked at no further above them', () => {
  const { operations, edges } = largestBatchGraph;
  expect(checkBatchGraph(chain(operations))).toEqual([]);
  expect(waves(chain(operations))).toHaveLength(operations);
  expect(checkBatchGraph(chain(operations + 1)).map(({ code }) => code)).toEqual(['too_many_operations']);
  expect(checkBatchGraph([]).map(({ code }) => code)).toEqual(['empty']);

  const ring = chain(operations).map((each, index) => (index === 0 ? node('n0', 'n999') : each));
  const [cycle] = checkBatchGraph(ring);
  expect(cycle?.operations).toHaveLength(operations);
  expect(cycle?.message.length).toBeLessThan(300);

  const dense = chain(operations).map((each, index) => {
    const needs = Array.from({ length: Math.min(index, 10) }, (_, back) => `n${index - back - 1}`);
    return node(each.id, ...needs);
  });
  expect(checkBatchGraph(dense)).toEqual([]);
  const over = Array.from(
    { length: edges + 1 - dense.flatMap((each) => each.dependencies).length },
    () => 'n0',
  );
  expect(
    checkBatchGraph([...dense.slice(0, -1), node('n999', ...(dense[999]?.dependencies ?? []), ...over)]),
  ).toEqual([expect.objectContaining({ code: 'too_many_edges', operations: [], index: null })]);
});

test('an operation stands one wave behind the last of its dependencies', () => {
  fc.assert(
    fc.property(batch, fc.integer({ min: 1, max: 100 }), (nodes, limit) => {
      const found = waves(nodes);
      expect(found.flat().toSorted()).toEqual(nodes.map(({ id }) => id).toSorted());
      const waveOf = new Map(found.flatMap((wave, index) => wave.map((id) => [id, index] as const)));
      for (const { id, dependencies } of nodes) {
        const latest = Math.max(-1, ...dependencies.map((need) => waveOf.get(need) ?? Number.NaN));
        expect(waveOf.get(id)).toBe(latest + 1);
      }
      const peak = peakConcurrency(nodes, limit);
      expect(peak).toBeLessThanOrEqual(limit);
      expect(peak).toBe(Math.min(limit, Math.max(...found.map((wave) => wave.length))));
    }),
  );
});
