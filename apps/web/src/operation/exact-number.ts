/** The decimal value of a JSON number, written in one way only: digits without zeros at the ends, and the exponent. */
function decimal(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const kept = digits.replace(/0+$/, '');
  if (kept === '') return '0';
  return `${sign}${kept}e${BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - kept.length)}`;
}

/** Newer than the type library: text that `JSON.stringify` writes as it is. Browsers of before 2025 lack it. */
const rawJson = (JSON as { rawJSON?: (text: string) => unknown }).rawJSON;

/**
 * A number that JavaScript would round. It keeps its digits as they were typed and is sent with them; where the
 * browser cannot do that it is sent as text, which the server refuses: never another number than the one typed.
 */
export class ExactNumber {
  readonly digits: string;

  constructor(digits: string) {
    this.digits = digits;
  }

  toJSON(): unknown {
    return rawJson === undefined ? this.digits : rawJson(this.digits);
  }
}

/** The number that a JSON number stands for, exactly; null for a text that is none. */
export function readNumber(text: string): number | ExactNumber | null {
  if (!/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text) || text.length > 400) return null;
  const rounded = Number(text);
  return Number.isFinite(rounded) && decimal(String(rounded)) === decimal(text)
    ? rounded
    : new ExactNumber(text);
}
