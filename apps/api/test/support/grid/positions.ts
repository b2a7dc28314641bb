import { operationInputs } from '@signalbox/contracts/operation/input-schemas';
import { z } from 'zod';
import { type RestOperation, restOperations } from '../../../src/openapi/operations.ts';
import { appRouter } from '../../../src/router.ts';
import { type Kind, kindByCollection, kindByName, namesNothing } from './kinds.ts';

/** A place in the requests of one operation where a thing is named. */
export interface Position {
  readonly operation: RestOperation;
  readonly where: 'path' | 'query' | 'body';
  /** The way to it from the top of the input; `*` stands for a place in a list. */
  readonly pointer: readonly string[];
  readonly kind: Kind;
  /**
   * True where a thing is referred to rather than asked about: a filter, or a part of what a start is given. The
   * answer for a foreign one is that for an unknown one, whichever it is, and not always 404.
   */
  readonly refers: boolean;
  /** What else the request must say for this position to mean something. */
  readonly given: { readonly path?: Record<string, string>; readonly body?: Record<string, unknown> };
}

/** Every operation the server serves. */
export const operations: readonly RestOperation[] = restOperations(appRouter);

/** A name by which a test of this position is told. */
export function nameOf({ operation, where, pointer, given }: Position): string {
  const means = [...Object.values(given.path ?? {}), ...Object.values(given.body ?? {})];
  const said = means.length === 0 ? '' : ` of ${means.join(', ')}`;
  return `${operation.facts.operationId} ${where} ${pointer.join('.')}${said}`;
}

/**
 * Every position of an operation, found in its path and in the schema of its input.
 * @throws Error telling what to add, for a position that this grid cannot fill
 */
export function positionsOf(operation: RestOperation): Position[] {
  const { facts, pathNames } = operation;
  const readsQuery = facts.method === 'GET' || facts.method === 'DELETE';
  const schema = z.toJSONSchema(operation.input, { io: 'input', unrepresentable: 'any' }) as Schema;
  const found = idsIn(schema, []).filter(
    ({ pointer }) => !pathNames.includes(pointer[0] ?? '') && !saysNothing(facts.operationId, pointer),
  );
  const inPath = pathNames
    .filter((name) => !isEnum(schema.properties?.[name]) && !saysNothing(facts.operationId, [name]))
    .map((name) => ({
      operation,
      where: 'path' as const,
      pointer: [name],
      kind: kindOfParameter(facts.path, name),
      refers: false,
      given: {},
    }));
  const inInput = found.map(({ pointer }) => ({
    operation,
    where: readsQuery ? ('query' as const) : ('body' as const),
    pointer,
    kind: kindOfMember(facts.operationId, pointer),
    refers: pointer.includes('filter') || (readsQuery && !(schema.required ?? []).includes(pointer[0] ?? '')),
    given: {},
  }));
  return [...inPath, ...inInput, ...insideOperations(operation, schema), ...ofAdminRuns(operation)];
}

interface Schema {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

/** Ids below a schema: by the shape all ids of ours have, and by names that end like an id. */
function idsIn(
  schema: Schema,
  at: readonly string[],
  root: Schema = schema,
): { readonly pointer: readonly string[] }[] {
  if (schema.$ref !== undefined) {
    const target = root.$defs?.[schema.$ref.split('/').at(-1) ?? ''];
    if (target === undefined) throw new Error(`The schema ${schema.$ref} is nowhere.`);
    return idsIn(target, at, root);
  }
  const parts = [...(schema.anyOf ?? []), ...(schema.allOf ?? [])];
  const below = Object.entries(schema.properties ?? {}).flatMap(([name, each]) =>
    idsIn(each, [...at, name], root),
  );
  const listed = schema.items === undefined ? [] : idsIn(schema.items, [...at, '*'], root);
  const nested = [...below, ...listed, ...parts.flatMap((part) => idsIn(part, at, root))];
  const unique = new Map(nested.map((each) => [each.pointer.join('.'), each]));
  return isId(schema, at) ? [{ pointer: at }] : [...unique.values()];
}

function isId(schema: Schema, at: readonly string[]): boolean {
  const { type, format, minimum, maximum } = schema;
  if (type === 'integer' && minimum === 1 && maximum === 2_147_483_647) return true;
  if (type !== 'string' || isEnum(schema)) return false;
  const name = at.findLast((part) => part !== '*') ?? '';
  return format === 'uuid' || name === 'infra' || /(^id|[a-z]Ids?|_id|Uids?)$/.test(name);
}

function saysNothing(operationId: string, pointer: readonly string[]): boolean {
  const name = pointer.findLast((part) => part !== '*') ?? '';
  return namesNothing[name] !== undefined || namesNothing[`${operationId}.${name}`] !== undefined;
}

const isEnum = (schema: Schema | undefined) => schema?.enum !== undefined;

function kindOfParameter(path: string, name: string): Kind {
  const segments = path.split('/');
  const collection = segments[segments.indexOf(`{${name}}`) - 1] ?? '';
  // The admin-runs contract names a run by its uuid, below its type.
  if (collection === '{runType}') return 'runUid';
  const kind = kindByName[name] ?? kindByCollection[collection];
  if (kind !== undefined) return kind;
  throw new Error(
    `What does {${name}} in ${path} name? Add "${collection}" to kindByCollection in test/support/grid/kinds.ts, and for a new kind also a maker in things.ts.`,
  );
}

function kindOfMember(operationId: string, pointer: readonly string[]): Kind {
  const name = pointer.findLast((part) => part !== '*') ?? '';
  const kind = kindByName[name];
  if (kind !== undefined) return kind;
  throw new Error(
    `What does ${pointer.join('.')} of ${operationId} name? Add "${name}" to kindByName in test/support/grid/kinds.ts, or to namesNothing with the reason, and for a new kind also a maker in things.ts.`,
  );
}

/** The input of a start has the shape of its operation: its positions are those of every operation. */
function insideOperations(operation: RestOperation, schema: Schema): Position[] {
  if (schema.properties?.input === undefined || schema.properties.operation === undefined) return [];
  return Object.entries(operationInputs).flatMap(([name, shape]) => {
    const inner = z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any' }) as Schema;
    return idsIn(inner, ['input'])
      .filter(({ pointer }) => !saysNothing(operation.facts.operationId, pointer))
      .map(({ pointer }) => ({
        operation,
        where: 'body' as const,
        pointer,
        kind: kindOfMember(operation.facts.operationId, pointer),
        refers: true,
        given: { body: { operation: name } },
      }));
  });
}

/** What `targetObjectId` and `itemIds` of the admin-runs contract name goes by the type of the run. */
function ofAdminRuns(operation: RestOperation): Position[] {
  if (operation.facts.operationId !== 'startRun') return [];
  const named: readonly (readonly [runType: string, pointer: readonly string[], kind: Kind])[] = [
    ['backup_set_add_policies', ['targetObjectId'], 'set'],
    ['restore_preview', ['targetObjectId'], 'set'],
    ['restore_preview', ['itemIds', '*'], 'item'],
    ['restore_execute', ['targetObjectId'], 'previewUid'],
    ['restore_execute', ['itemIds', '*'], 'item'],
  ];
  return named.map(([runType, pointer, kind]) => ({
    operation,
    where: 'body' as const,
    pointer,
    kind,
    refers: true,
    given: { path: { runType } },
  }));
}
