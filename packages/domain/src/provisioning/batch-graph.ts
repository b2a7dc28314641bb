import { isServerProvider } from '../connection/providers.ts';
import { findCycles } from './find-cycles.ts';

/** The most operations and the most dependencies, all together, of one batch. */
export const largestBatchGraph = { operations: 1_000, edges: 10_000 } as const;

/** What an operation of a batch may be called: safe in an address, where it stands behind the batch's id and a slash. */
export const operationIdPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/** One operation of a batch, as far as its place among the others is concerned. */
export interface BatchNode {
  readonly id: string;
  readonly provider: string;
  /** Ids of the operations that must have succeeded before this one begins. */
  readonly dependencies: readonly string[];
}

/** Every way in which a list of operations can fail to be a batch. */
export const graphProblemCodes = [
  'empty',
  'too_many_operations',
  'too_many_edges',
  'unusable_id',
  'duplicate_id',
  'unknown_dependency',
  'self_loop',
  'cycle',
  'unknown_provider',
] as const;
export type GraphProblemCode = (typeof graphProblemCodes)[number];

/** What is wrong with a batch as a whole, and which operations it concerns. */
export interface GraphProblem {
  readonly code: GraphProblemCode;
  /** Ids of the operations concerned; of a cycle its path, each needing the one behind it and the last the first. */
  readonly operations: readonly string[];
  /** Where the operation stands in the list, from 0; null where it concerns the list as a whole. */
  readonly index: number | null;
  /** One plain sentence. */
  readonly message: string;
}

/**
 * Everything that keeps a list of operations from being a batch, all at once; empty when it may be one. What is over a
 * limit is looked at no further. Takes time and space in proportion to the operations and dependencies.
 */
export function checkBatchGraph(operations: readonly BatchNode[]): GraphProblem[] {
  const limits = checkLimits(operations);
  if (limits.length > 0) return limits;
  const graph = new Map<string, Set<string>>();
  for (const { id, dependencies } of operations) {
    const needs = graph.get(id) ?? new Set();
    for (const need of dependencies) needs.add(need);
    graph.set(id, needs);
  }
  return [...checkEach(operations, graph), ...checkCycles(operations, graph)];
}

function checkLimits(operations: readonly BatchNode[]): GraphProblem[] {
  const whole = { operations: [], index: null };
  if (operations.length === 0)
    return [{ code: 'empty', ...whole, message: 'A batch needs at least one operation.' }];
  const problems: GraphProblem[] = [];
  if (operations.length > largestBatchGraph.operations) {
    const message = `A batch has at most ${largestBatchGraph.operations} operations, and this one has ${operations.length}.`;
    problems.push({ code: 'too_many_operations', ...whole, message });
  }
  const edges = operations.reduce((sum, { dependencies }) => sum + dependencies.length, 0);
  if (edges > largestBatchGraph.edges) {
    const message = `A batch has at most ${largestBatchGraph.edges} dependencies in all, and this one has ${edges}.`;
    problems.push({ code: 'too_many_edges', ...whole, message });
  }
  return problems;
}

function checkEach(
  operations: readonly BatchNode[],
  graph: ReadonlyMap<string, ReadonlySet<string>>,
): GraphProblem[] {
  const problems: GraphProblem[] = [];
  const seen = new Set<string>();
  for (const [index, { id, provider, dependencies }] of operations.entries()) {
    const tell = (code: GraphProblemCode, message: string): void => {
      problems.push({ code, operations: [id], index, message });
    };
    if (!operationIdPattern.test(id)) {
      tell('unusable_id', `${named(id)} is no id: letters, digits, "." "_" and "-", at most 100.`);
    }
    if (seen.has(id)) tell('duplicate_id', `Another operation is called ${named(id)} too.`);
    seen.add(id);
    if (dependencies.includes(id)) tell('self_loop', `${named(id)} needs itself.`);
    const unknown = [...new Set(dependencies)].filter((need) => !graph.has(need));
    if (unknown.length > 0) {
      tell('unknown_dependency', `${named(id)} needs ${list(unknown)}, which the batch does not have.`);
    }
    if (!isServerProvider(provider)) {
      tell('unknown_provider', `${named(id)} names the provider ${named(provider)}, which is not known.`);
    }
  }
  return problems;
}

function checkCycles(
  operations: readonly BatchNode[],
  graph: ReadonlyMap<string, ReadonlySet<string>>,
): GraphProblem[] {
  const cycles = findCycles(graph);
  if (cycles.length === 0) return [];
  const positions = new Map<string, number>();
  for (const [index, { id }] of operations.entries()) if (!positions.has(id)) positions.set(id, index);
  return cycles.map((path) => {
    const round = [...path, ...path.slice(0, 1)];
    return {
      code: 'cycle',
      operations: path,
      index: positions.get(path[0] ?? '') ?? null,
      message: `These operations need each other in a circle: ${list(round, ' → ')}.`,
    };
  });
}

/** Names spelled out in one sentence at most; the operations of a problem hold them all. */
const spelledOut = 10;

function list(names: readonly string[], between = ', '): string {
  if (names.length <= spelledOut) return names.map(named).join(between);
  const shown = names.slice(0, spelledOut).map(named).join(between);
  return `${shown}${between}${names.length - spelledOut} more`;
}

/** An id within a sentence: whatever a caller sent, it is one short line. */
function named(id: string): string {
  return JSON.stringify(id.length > 60 ? `${id.slice(0, 60)}…` : id);
}
