import { type KnownSecrets, noSecrets } from './known-secrets.ts';

/** What stands where a secret stood. */
export const redacted = '[redacted]';

/** A redacted text, and whether it ends inside a private key, whose next lines are secret as well. */
export interface RedactedPart {
  readonly text: string;
  readonly insideKey: boolean;
}

/**
 * A text without secrets: known values in every form, private keys, tokens, API keys, credentials in addresses and
 * headers, and whatever follows a word such as `password=`. Takes time in proportion to the text, whatever it holds,
 * and leaves a redacted text as it is.
 */
export function redactText(text: string, secrets: KnownSecrets = noSecrets): string {
  return redactPart(text, { secrets, insideKey: false }).text;
}

/** The same for a text that goes on in parts, such as the lines of a log. */
export function redactPart(
  text: string,
  { secrets, insideKey }: { readonly secrets: KnownSecrets; readonly insideKey: boolean },
): RedactedPart {
  let rest = text;
  for (const form of secrets.forms) rest = rest.replaceAll(form, redacted);
  const keys = withoutPrivateKeys(rest, insideKey);
  if (!telling.test(keys.text)) return keys;
  return { ...keys, text: withoutPairs(withoutShapes(keys.text)) };
}

/** Most text holds nothing that any pattern below begins with. */
const telling = /[:=]|eyJ|sbx_|#|bearer|basic|digest|negotiate/i;

const keyBegins = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
const keyEnds = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;

/** One pass: a key without an end lasts to the end of the text, so no place is looked at twice. */
function withoutPrivateKeys(text: string, insideKey: boolean): RedactedPart {
  let out = '';
  let at = 0;
  let inside = insideKey;
  for (;;) {
    const mark = inside ? keyEnds : keyBegins;
    mark.lastIndex = at;
    const found = mark.exec(text);
    if (inside) out += redacted;
    else out += text.slice(at, found?.index ?? text.length);
    if (found === null) return { text: out, insideKey: inside };
    at = mark.lastIndex;
    inside = !inside;
  }
}

/** Secrets that are known by what they look like. */
function withoutShapes(text: string): string {
  return text
    .replace(/sbx_([0-9A-Za-z]{11})_[0-9A-Za-z]+/g, `sbx_$1_${redacted}`)
    .replace(/[A-Za-z0-9_.-]{20,}/g, withoutToken)
    .replace(/((?:setup|join|reset|invite)#)[\w-]{20,}/g, `$1${redacted}`)
    .replace(/\b((?:bearer|basic|digest|negotiate)\s{1,8})([A-Za-z0-9+/_.~=:-]{6,})/gi, withoutScheme)
    .replace(/:\/\/([^\s/?#"'<>]{1,2048})/g, withoutLogin);
}

/** JSON Web Tokens begin with `eyJ`, which is `{"` in base64, and have two dots or more. */
function withoutToken(run: string): string {
  const at = run.indexOf('eyJ');
  if (at === -1) return run;
  const first = run.indexOf('.', at);
  return first === -1 || run.indexOf('.', first + 1) === -1 ? run : run.slice(0, at) + redacted;
}

/** `Basic authentication` is prose; a credential has digits, signs or a mix of cases. */
function withoutScheme(whole: string, before: string, value: string): string {
  const mixed = /[a-z]/.test(value) && /[A-Z]/.test(value.slice(1));
  return mixed || /[\d+/=_~]/.test(value) || value.length >= 20 ? before + redacted : whole;
}

/** `://user:password@host` keeps the user and the host. */
function withoutLogin(whole: string, authority: string): string {
  const end = authority.lastIndexOf('@');
  const colon = authority.indexOf(':');
  if (end === -1 || colon === -1 || colon > end) return whole;
  return `://${authority.slice(0, colon)}:${redacted}${authority.slice(end)}`;
}

/** Names of secrets, with what may stand between the name and the value. */
const secretName =
  /(?:passw(?:or)?d|passphrase|pwd|secret|token|credential|api[_-]?key|access[_-]?key|account[_-]?key|private[_-]?key|shared[_-]?access[_-]?(?:key|signature)|mfa[_-]?code|otp|sbx_session|authorization|cookie)[\w-]{0,40}(?:\\{0,3}["'])?\s{0,4}[:=]\s{0,4}/gi;

/** Whatever is assigned to a name of a secret. The value is stepped over, so that no place is looked at twice. */
function withoutPairs(text: string): string {
  let out = '';
  let at = 0;
  secretName.lastIndex = 0;
  for (let found = secretName.exec(text); found !== null; found = secretName.exec(text)) {
    const from = secretName.lastIndex;
    const wholeLine = /^(?:authorization|(?:set-)?cookie)/i.test(found[0]);
    const { open, end } = valueAt(text, from, wholeLine);
    out += text.slice(at, from) + open;
    const value = text.slice(from + open.length, end);
    out += keeps(value) ? value : redacted;
    at = end;
    secretName.lastIndex = Math.max(end, from);
  }
  return out + text.slice(at);
}

/** What says nothing: no value, or one that was redacted already. */
function keeps(value: string): boolean {
  return value === '' || value.startsWith(redacted) || /^(?:null|true|false|undefined)$/.test(value);
}

const quoteOpens = /\\{0,3}["']/y;
const lineEnds = /[\r\n]/g;
const bare = /[^\s&;"'<>\\]*/y;

/** The value that begins at a place: what stands in quotes, else up to a sign that ends it. */
function valueAt(text: string, from: number, wholeLine: boolean): { open: string; end: number } {
  quoteOpens.lastIndex = from;
  const open = quoteOpens.exec(text)?.[0] ?? '';
  const start = from + open.length;
  if (open !== '' || wholeLine) {
    lineEnds.lastIndex = start;
    const line = lineEnds.exec(text)?.index ?? text.length;
    const close = open === '' ? -1 : closing(text, { open, start, line });
    return { open, end: close === -1 ? line : close };
  }
  bare.lastIndex = start;
  const value = bare.exec(text)?.[0] ?? '';
  const marked = value.startsWith(redacted) ? redacted : value.replace(/[,)}\]]+$/, '');
  return { open, end: start + marked.length };
}

/** Where quotes close: the same quote with as many backslashes before it as the opening one has. */
function closing(text: string, at: { open: string; start: number; line: number }): number {
  const quote = at.open.slice(-1);
  const depth = at.open.length - 1;
  let slashes = 0;
  for (let index = at.start; index < at.line; index += 1) {
    const sign = text[index];
    if (sign === quote && (depth === 0 ? slashes % 2 === 0 : slashes === depth)) return index - depth;
    slashes = sign === '\\' ? slashes + 1 : 0;
  }
  return -1;
}
