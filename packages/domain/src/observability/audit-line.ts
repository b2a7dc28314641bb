/** The version of the text below; a change of it changes every digest. */
const version = 1;

/** A place in the order in which entries are sealed: the transaction that wrote it, then its id. */
export interface AuditPosition {
  /** A 64-bit number, in decimal. */
  readonly transaction: string;
  readonly id: number;
}

/** An audit entry with everything it says. */
export interface AuditFacts extends AuditPosition {
  readonly workspace: string;
  /** ISO 8601 in UTC with microseconds. */
  readonly at: string;
  readonly actor: { readonly kind: string; readonly name: string; readonly onBehalfOf: string | null };
  readonly action: string;
  readonly object: { readonly kind: string; readonly id: string };
  readonly runId: number | null;
  readonly requestId: string | null;
  /** JSON as the database writes it. */
  readonly details: string;
}

/** A seal: what was sealed, in which order, and after which seal. Digests are SHA-256 in hexadecimal. */
export interface SealFacts {
  readonly workspace: string;
  readonly number: number;
  readonly previous: string;
  readonly first: AuditPosition;
  readonly last: AuditPosition;
  readonly count: number;
  /** Id and digest of each entry. */
  readonly entries: readonly (readonly [id: number | null, digest: string])[];
  /** ISO 8601 in UTC with microseconds. */
  readonly sealedAt: string;
}

/** What the first seal follows. */
export const noSeal = '0'.repeat(64);

/** The one text of an entry: its digest is that of these bytes, and an export holds them as a line. */
export function entryLine({ details, ...facts }: AuditFacts): string {
  return canonical({ ...facts, details: parseExactly(details), type: 'entry', v: version });
}

/** The one text of a seal, likewise. */
export function sealLine(facts: SealFacts): string {
  return canonical({ ...facts, type: 'seal', v: version });
}

/** A number as its JSON said it. The database keeps digits that a JavaScript number would lose. */
class NumberText {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Reviver = (name: string, value: unknown, context: { readonly source: string }) => unknown;

function parseExactly(json: string): unknown {
  const keepDigits: Reviver = (_name, value, { source }) =>
    typeof value === 'number' ? new NumberText(source) : value;
  return JSON.parse(json, keepDigits as Parameters<typeof JSON.parse>[1]);
}

/** Names sorted by UTF-16 code units, no space, strings as JSON.stringify writes them. */
function canonical(value: unknown): string {
  if (value instanceof NumberText) return value.text;
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`);
    return `{${members.join(',')}}`;
  }
  return JSON.stringify(value);
}
