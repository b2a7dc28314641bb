import './without-eval.ts';
import { nativeBatchInput } from '@signalbox/contracts/provisioning/native-batch-input';
import { checkBatchGraph } from '@signalbox/domain/provisioning/batch-graph';
import { problemPointer } from '@signalbox/domain/provisioning/batch-problem';
import { type DocumentReading, pointerOf, readDocument } from './batch-document.ts';
import type { BatchBody } from './batch-view.ts';
import type { DocumentFormat } from './document-formats.ts';

/** An operation as far as it is written: whatever is missing or of another kind is empty. */
export interface DraftOperation {
  readonly id: string;
  readonly type: string;
  readonly provider: string;
  readonly dependencies: readonly string[];
  readonly config: Readonly<Record<string, unknown>>;
}

/** What is wrong with a document, and where it stands. */
export interface DraftProblem {
  readonly line: number;
  readonly pointer: string;
  /** Positions of the operations concerned, from 0. */
  readonly operations: readonly number[];
  readonly message: string;
}

/** A document as the page shows it. */
export interface BatchDraft {
  /** Whether the text can be read at all; else the form rests. */
  readonly readable: boolean;
  readonly name: string;
  readonly parallelLimit: number | null;
  readonly rollbackEnabled: boolean;
  readonly operations: readonly DraftOperation[];
  readonly problems: readonly DraftProblem[];
  /** What a start would send; null while there are problems. */
  readonly body: BatchBody | null;
  /** How a member is called in this document. */
  readonly nameOf: (member: Renamed) => string;
}

/** Members that the contract of provisioning and ours write differently: ours first. */
const renamed = {
  parallelLimit: 'parallel_limit',
  rollbackEnabled: 'rollback_enabled',
  storageBackend: 'storage_backend',
} as const;
export type Renamed = keyof typeof renamed;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function draftOperation(value: unknown): DraftOperation {
  const given = isObject(value) ? value : {};
  const needs = Array.isArray(given.dependencies) ? given.dependencies : [];
  return {
    id: textOf(given.id),
    type: textOf(given.type),
    provider: textOf(given.provider),
    dependencies: needs.filter((need): need is string => typeof need === 'string'),
    config: isObject(given.config) ? given.config : {},
  };
}

/** Reads a batch, judges it by the rules the server has, and says for each problem on which line it stands. */
export function readBatch(text: string, format: DocumentFormat): BatchDraft {
  const reading = readDocument(text, format);
  const written = reading.ok && isObject(reading.value) ? reading.value : {};
  const nameOf = (member: Renamed): string => (Object.hasOwn(written, member) ? member : renamed[member]);
  const own = new Map<string, string>(Object.entries(renamed).map(([ours, theirs]) => [theirs, ours]));
  const body = Object.fromEntries(
    Object.entries(written).map(([name, value]) => [own.get(name) ?? name, value]),
  );
  const operations = (Array.isArray(written.operations) ? written.operations : []).map(draftOperation);
  const limit = body.parallelLimit ?? 5;
  const problems = problemsOf(reading, { body, operations, nameOf });
  return {
    readable: reading.ok,
    name: textOf(written.name),
    parallelLimit: typeof limit === 'number' ? limit : null,
    rollbackEnabled: body.rollbackEnabled !== false,
    operations,
    problems,
    body: problems.length === 0 ? (body as BatchBody) : null,
    nameOf,
  };
}

interface Judged {
  readonly body: Record<string, unknown>;
  readonly operations: readonly DraftOperation[];
  readonly nameOf: (member: Renamed) => string;
}

function problemsOf(reading: DocumentReading, { body, operations, nameOf }: Judged): DraftProblem[] {
  if (!reading.ok) return reading.faults.map((fault) => ({ ...fault, pointer: '', operations: [] }));
  const at = (pointer: string) => lineOf(reading.lines, pointer);
  const shape = shapeProblems(body).map(({ path, message }): DraftProblem => {
    const [first, ...rest] = path;
    const said =
      typeof first === 'string' && Object.hasOwn(renamed, first) ? nameOf(first as Renamed) : first;
    const pointer = pointerOf(said === undefined ? [] : [said, ...rest]);
    const index = first === 'operations' && typeof rest[0] === 'number' ? [rest[0]] : [];
    return { line: at(pointer), pointer, operations: index, message };
  });
  const taken = new Set(shape.map(({ pointer }) => pointer));
  if (!Array.isArray(body.operations)) return shape;
  const byId = new Map<string, number[]>();
  for (const [index, { id }] of operations.entries()) byId.set(id, [...(byId.get(id) ?? []), index]);
  const graph = checkBatchGraph(operations).flatMap((problem): DraftProblem[] => {
    const pointer = problemPointer(problem);
    if (taken.has(pointer)) return [];
    const concerned =
      problem.code === 'cycle'
        ? problem.operations.flatMap((id) => byId.get(id) ?? [])
        : problem.index === null
          ? []
          : [problem.index];
    return [{ line: at(pointer), pointer, operations: concerned, message: problem.message }];
  });
  return [...shape, ...graph].sort((left, right) => left.line - right.line);
}

/** The line of a place, or of the nearest thing around it. */
function lineOf(lines: ReadonlyMap<string, number>, pointer: string): number {
  for (let rest = pointer; rest !== ''; rest = rest.slice(0, rest.lastIndexOf('/'))) {
    const line = lines.get(rest);
    if (line !== undefined) return line;
  }
  return 1;
}

interface ShapeProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

function shapeProblems(body: Record<string, unknown>): ShapeProblem[] {
  const result = nativeBatchInput.safeParse(body);
  if (result.success) return [];
  return result.error.issues.slice(0, 50).flatMap((issue): ShapeProblem[] => {
    const path = issue.path.filter((part): part is string | number => typeof part !== 'symbol');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: [...path, key],
        message: `${key} is no member of a batch here.`,
      }));
    }
    const name = path.findLast((part) => typeof part === 'string') ?? 'The batch';
    const missing = issue.code === 'invalid_type' && valueAt(body, path) === undefined;
    return [{ path, message: missing ? `${name} is missing.` : sentence(name, issue.message) }];
  });
}

function valueAt(whole: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, part)
        ? (value as Record<string | number, unknown>)[part]
        : undefined,
    whole,
  );
}

/** "name must not be empty.": what begins small goes on from the name of the member. */
function sentence(name: string, message: string): string {
  return `${name}${/^\p{Lu}/u.test(message) ? ':' : ''} ${message}${/[.!?]$/.test(message) ? '' : '.'}`;
}
