import { writeJson } from '../operation/json-text.ts';

/** A request of the REST API as a view or an action makes it. Placeholders of the path are filled in already. */
export interface ApiCall {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** From the root, such as `/v1/runs/17`. */
  readonly path: string;
  /** Members that are undefined are left out. */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  /** The call takes an Idempotency-Key: whoever runs it gives one. */
  readonly keyed?: boolean;
}

/** Where a call goes and for which workspace. */
export interface CallPlace {
  /** `https://signalbox.example`, without a slash at the end. */
  readonly origin: string;
  readonly workspace?: string | undefined;
}

/** The address of a call: nothing in it has a meaning for a shell, and curl finds no pattern in it. */
export function addressOf(call: ApiCall, { origin }: CallPlace): string {
  const path = call.path.replace(/[^A-Za-z0-9\-._~!$&'()*+,;=:@/%]/gu, encodeURIComponent);
  const query = new URLSearchParams(
    Object.entries(call.query ?? {}).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    ),
  ).toString();
  return `${origin}${path}${query === '' ? '' : `?${query.replaceAll('%2C', ',')}`}`;
}

/**
 * The body as JSON with every digit, or null when there is none. Characters that hide or reorder others stand there
 * as escapes, so that what is pasted is what was read.
 */
export function bodyOf(call: ApiCall): string | null {
  if (call.body === undefined) return null;
  return writeJson(call.body).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (sign) =>
    [...Array(sign.length).keys()]
      .map((at) => `\\u${sign.charCodeAt(at).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

/** The workspace as a header value: one line of visible characters. */
export function workspaceOf({ workspace }: CallPlace): string | null {
  const value = workspace?.replace(/[^\x21-\x7e]/g, '') ?? '';
  return value === '' ? null : value;
}
