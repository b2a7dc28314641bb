import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

function tokensOf(selector: string): Map<string, string> {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf('}', start));
  const found = block.matchAll(/--([a-z-]+):\s*(#[0-9a-f]{6})\s*;/g);
  return new Map([...found].map(([, name = '', value = '']) => [name, value]));
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((left, right) => right - left);
  return (high + 0.05) / (low + 0.05);
}

const signals = ['clear', 'caution', 'stop', 'lunar', 'idle', 'accent'];
const outcomes = ['gate-accepted', 'gate-deduped', 'gate-scope-busy', 'gate-blocked'];
const grounds = ['canvas', 'surface', 'sunken', 'hover'];

const textPairs = [
  ...['ink', 'ink-muted', 'ink-faint', 'accent', 'stop'].flatMap((ink) => grounds.map((on) => [ink, on])),
  ...[...signals, ...outcomes].map((ink) => [ink, `${ink}-soft`]),
  ...[...signals, ...outcomes].map((ink) => ['ink', `${ink}-soft`]),
  ...[...signals, ...outcomes].map((ink) => ['ink-muted', `${ink}-soft`]),
  ...[...signals, ...outcomes].map((ink) => [ink, 'surface']),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-strong'],
];
const shapePairs = [
  ...grounds.map((on) => ['line-strong', on]),
  ...signals.map((shape) => [shape, 'sunken']),
];

describe.each([':root', '.dark'])('the palette of %s', (theme) => {
  const tokens = tokensOf(theme);
  const ratio = ([one = '', other = '']: string[]) =>
    contrast(tokens.get(one) ?? '', tokens.get(other) ?? '');

  it.each(textPairs)('keeps %s on %s readable as text (4.5:1)', (...pair) => {
    expect(ratio(pair)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(shapePairs)('keeps %s on %s visible as a shape (3:1)', (...pair) => {
    expect(ratio(pair)).toBeGreaterThanOrEqual(3);
  });
});
