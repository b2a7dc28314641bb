import type { Json } from '../gate/canonical.ts';
import { type KnownSecrets, noSecrets } from './known-secrets.ts';
import { redacted, redactText } from './redact-text.ts';

/** Names of members whose value is secret whatever it looks like. */
const secretMember =
  /^(?:.*(?:passw(?:or)?d|passphrase|secret|credential|authorization|cookie|api_?key|private_?key|mfa_?code|recovery_?codes?)|(?:access|refresh|bearer|id|csrf)?_?tokens?|pwd|otp|code_?verifier)$/i;

/** Deeper values, and more than this many members, are not for a log. */
const bounds = { depth: 8, members: 200 } as const;

/** What a log line may hold of any value: plain data without secrets. Never throws. */
export function redactLogged(value: unknown, secrets: KnownSecrets = noSecrets): unknown {
  return shown(value, { secrets, open: [] });
}

interface Walk {
  readonly secrets: KnownSecrets;
  /** What is being walked, from the root down: a circle ends here. */
  readonly open: readonly object[];
}

function shown(value: unknown, walk: Walk): unknown {
  if (typeof value === 'string') return redactText(value, walk.secrets);
  if (typeof value === 'bigint' || typeof value === 'symbol') return String(value);
  if (typeof value === 'function') return '[function]';
  if (typeof value !== 'object' || value === null) return value;
  if (walk.open.includes(value) || walk.open.length >= bounds.depth) return '[...]';
  const inner = { ...walk, open: [...walk.open, value] };
  try {
    if (value instanceof Error) return errorShown(value, inner);
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
    if (Array.isArray(value)) return value.slice(0, bounds.members).map((item) => shown(item, inner));
    const made: unknown = Object.getPrototypeOf(value);
    if (made !== null && made !== Object.prototype) return `[${value.constructor?.name ?? 'object'}]`;
    return membersShown(value, inner);
  } catch {
    return '[unreadable]';
  }
}

function membersShown(value: object, walk: Walk): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value).slice(0, bounds.members)) {
    const hide =
      secretMember.test(name) && member !== null && member !== undefined && typeof member !== 'boolean';
    out[redactText(name, walk.secrets)] = hide ? redacted : shown(member, walk);
  }
  return out;
}

/** Name, message, code and stack; an error's other members may hold the values of a statement. */
function errorShown(error: Error, walk: Walk): Record<string, unknown> {
  const code = 'code' in error && typeof error.code === 'string' ? { code: shown(error.code, walk) } : {};
  const stack = error.stack === undefined ? {} : { stack: shown(error.stack, walk) };
  const cause = error.cause === undefined ? {} : { cause: shown(error.cause, walk) };
  return { type: error.name, message: shown(error.message, walk), ...code, ...stack, ...cause };
}

/**
 * The same JSON without the known secrets. Nothing else is taken away: what a run keeps is data that its next attempt,
 * or a restore, goes by.
 */
export function withoutKnown<T extends Json>(value: T, { forms }: KnownSecrets): T {
  if (forms.length === 0) return value;
  const clean = (text: string) => forms.reduce((rest, form) => rest.replaceAll(form, redacted), text);
  const walk = (each: Json): Json => {
    if (typeof each === 'string') return clean(each);
    if (typeof each !== 'object' || each === null) return each;
    if (Array.isArray(each)) return each.map(walk);
    return Object.fromEntries(Object.entries(each).map(([name, member]) => [clean(name), walk(member)]));
  };
  return walk(value) as T;
}
