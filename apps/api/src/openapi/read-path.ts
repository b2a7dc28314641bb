import { toFaults } from '@signalbox/contracts/problem/to-faults';
import { z } from 'zod';
import { WireError } from '../errors/wire-error.ts';
import type { RestOperation } from './operations.ts';

/** The path parameters of one request, decoded once. */
export interface ReadPath {
  readonly values: Readonly<Record<string, string>>;
  /** A text id that nothing can have: PostgreSQL keeps no NUL. */
  readonly unknownTarget: boolean;
}

/**
 * Checks the path parameters. An ill-formed integer or uuid is a fault of the request (400, before 401); any other
 * text is an id that may or may not exist.
 * @throws WireError 400 for an ill-formed typed id, 404 for an empty segment
 */
export function readPath(operation: RestOperation, params: Readonly<Record<string, string>>): ReadPath {
  const values: Record<string, string> = {};
  let unknownTarget = false;
  for (const name of operation.pathNames) {
    const text = params[name] ?? '';
    if (text === '') throw new WireError({ code: 'not_found' });
    refuseIllFormed(operation.input.shape[name], name, text);
    unknownTarget ||= text.includes('\u0000');
    values[name] = text;
  }
  return { values, unknownTarget };
}

/** Writes the path for the bridge: canonical, so that it meets the template whatever the caller had escaped. */
export function bridgePath(operation: RestOperation, values: ReadPath['values']): string {
  return operation.facts.path.replace(/\{([^}]+)\}/g, (_, name: string) =>
    encodeURIComponent(values[name] ?? ''),
  );
}

function refuseIllFormed(schema: z.core.$ZodType | undefined, name: string, text: string): void {
  if (schema === undefined) return;
  const value = typedValue(schema, text);
  if (value === undefined) return;
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return;
  throw new WireError({ code: 'invalid_input', errors: toFaults(parsed.error, `/${name}`) });
}

/** The value a typed id would have; undefined for plain text, which is never ill-formed. */
function typedValue(schema: z.core.$ZodType, text: string): unknown {
  if (schema instanceof z.ZodNumber) return /^-?(0|[1-9]\d*)$/.test(text) ? Number(text) : Number.NaN;
  return schema instanceof z.ZodUUID ? text : undefined;
}
