import { type Document, isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { readJson, writeJson } from '../operation/json-text.ts';
import type { DocumentFormat } from './document-formats.ts';

/** Where a text cannot be understood, and why. Lines count from 1. */
export interface DocumentFault {
  readonly line: number;
  readonly message: string;
}

export type DocumentReading =
  | {
      readonly ok: true;
      readonly value: unknown;
      /** The line each member stands on, by its pointer (RFC 6901). */
      readonly lines: ReadonlyMap<string, number>;
    }
  | { readonly ok: false; readonly faults: readonly DocumentFault[] };

/** A place within a document: names of members and positions in lists. */
export type DocumentPath = readonly (string | number)[];

/** One member of a document as it shall be; undefined takes it out. */
export interface DocumentChange {
  readonly path: DocumentPath;
  readonly value: unknown;
}

/** No batch is nested deeper than this. */
const deepest = 32;

/** The place as a pointer. */
export function pointerOf(path: DocumentPath): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Reads a document. Total: whatever the text holds has an answer here. */
export function readDocument(text: string, format: DocumentFormat): DocumentReading {
  if (format === 'json') {
    const reading = readJson(text);
    return reading.ok
      ? { ok: true, value: reading.value, lines: reading.lines }
      : { ok: false, faults: [{ line: reading.fault.line, message: reading.fault.message }] };
  }
  try {
    const counter = new LineCounter();
    const parsed = parse(text, counter);
    if (parsed.errors.length > 0) {
      const faults = parsed.errors.slice(0, 10).map(({ linePos, message }) => ({
        line: linePos?.[0].line ?? 1,
        message: (message.split('\n')[0] ?? message).replace(/ at line \d+, column \d+:?$/, ''),
      }));
      return { ok: false, faults };
    }
    const lines = new Map<string, number>([['', 1]]);
    const value: unknown = parsed.toJS({ maxAliasCount: 50 });
    linesOf(parsed.contents, { path: [], counter, lines });
    return { ok: true, value, lines };
  } catch (error) {
    // What nests too deep or repeats itself too often is refused by the parser with an exception.
    return {
      ok: false,
      faults: [{ line: 1, message: error instanceof Error ? error.message : 'unreadable' }],
    };
  }
}

function parse(text: string, lineCounter: LineCounter): Document.Parsed {
  return parseDocument(text, { lineCounter, prettyErrors: true, uniqueKeys: true, version: '1.2' });
}

interface Walk {
  readonly path: DocumentPath;
  readonly counter: LineCounter;
  readonly lines: Map<string, number>;
}

function linesOf(node: unknown, walk: Walk): void {
  const { path, counter, lines } = walk;
  if (path.length > deepest) throw new Error(`nothing may be nested deeper than ${deepest} levels`);
  const put = (part: string | number, at: Node | null, below: unknown) => {
    const next = [...path, part];
    const offset = at?.range?.[0];
    if (offset !== undefined) lines.set(pointerOf(next), counter.linePos(offset).line);
    linesOf(below, { path: next, counter, lines });
  };
  if (isMap(node)) {
    for (const pair of node.items) {
      if (isPair(pair) && isScalar(pair.key)) put(String(pair.key.value), pair.key, pair.value);
    }
  } else if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) put(index, item as Node | null, item);
  }
}

/** Writes a value down. */
export function writeDocument(value: unknown, format: DocumentFormat): string {
  if (format === 'json') return `${writeJson(value, true)}\n`;
  const written = parseDocument('');
  written.contents = written.createNode(value) as typeof written.contents;
  return written.toString({ lineWidth: 0 });
}

/**
 * The document with one member changed, or taken out where the value is undefined. YAML keeps its comments; its
 * spacing becomes the usual one. Answers the text as it was when it cannot be read.
 */
export function editDocument(text: string, format: DocumentFormat, { path, value }: DocumentChange): string {
  const reading = readDocument(text, format);
  if (!reading.ok) return text;
  if (format === 'json') return writeDocument(withMember(reading.value, path, value), format);
  if (!isObject(reading.value)) return writeDocument(withMember({}, path, value), format);
  const document = parseDocument(text, { version: '1.2' });
  if (value === undefined) document.deleteIn(path);
  else document.setIn(path, document.createNode(value));
  return document.toString({ lineWidth: 0 });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withMember(whole: unknown, path: DocumentPath, value: unknown): unknown {
  const [part, ...rest] = path;
  if (part === undefined) return value;
  if (typeof part === 'number') {
    const list: unknown[] = Array.isArray(whole) ? [...whole] : [];
    const next = withMember(list[part], rest, value);
    if (next === undefined) list.splice(part, 1);
    else list[part] = next;
    return list;
  }
  const members = new Map(Object.entries(isObject(whole) ? whole : {}));
  const next = withMember(members.get(part), rest, value);
  if (next === undefined) members.delete(part);
  else members.set(part, next);
  return Object.fromEntries(members);
}
