/** Values that must not be shown, with the forms they take when something writes them down; longest first. */
export interface KnownSecrets {
  readonly forms: readonly string[];
}

/** Shorter values are not looked for: they would be found in the middle of words. */
const shortest = 6;

export const noSecrets: KnownSecrets = { forms: [] };

/**
 * What to look for when these values must not be shown: each as it is, in JSON, escaped for a URL or a form, and in
 * base64 wherever in the encoded text it stands. Of a value with several lines each line counts as well, since logs
 * are written by lines.
 */
export function knownSecrets(values: readonly string[]): KnownSecrets {
  const plain = values.flatMap((value) => [value, ...value.split(/\r?\n/)]).map((value) => value.trim());
  const forms = plain.filter((value) => value.length >= shortest).flatMap(formsOf);
  return { forms: [...new Set(forms)].toSorted((a, b) => b.length - a.length) };
}

function formsOf(value: string): string[] {
  const text = value.toWellFormed();
  const escaped = encodeURIComponent(text);
  // Forms and URLs differ in what they leave as it is.
  const strict = escaped.replace(/[!'()*~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const urls = [escaped, strict, strict.replaceAll('%20', '+'), encodeURI(text)];
  const lower = urls.map((form) => form.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()));
  const json = JSON.stringify(value).slice(1, -1);
  const base64 = [0, 1, 2].map((offset) => base64Within(utf8(escaped), offset));
  const base64url = base64.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'));
  return [value, json, ...urls, ...lower, ...base64, ...base64url].filter((form) => form.length >= shortest);
}

function utf8(escaped: string): number[] {
  const bytes: number[] = [];
  for (let at = 0; at < escaped.length; at += 1) {
    const coded = escaped[at] === '%';
    bytes.push(coded ? Number.parseInt(escaped.slice(at + 1, at + 3), 16) : escaped.charCodeAt(at));
    if (coded) at += 2;
  }
  return bytes;
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The base64 digits that the bytes alone decide when `offset` other bytes of a group of three stand before them. */
function base64Within(bytes: readonly number[], offset: number): string {
  const bits = bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('');
  // The first digit boundary at or behind the first bit of ours.
  const start = (6 - ((offset * 8) % 6)) % 6;
  let text = '';
  for (let at = start; at + 6 <= bits.length; at += 6)
    text += digits[Number.parseInt(bits.slice(at, at + 6), 2)];
  return text;
}
