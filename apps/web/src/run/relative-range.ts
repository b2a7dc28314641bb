const units = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;
const longestMs = 3_650 * units.d;

/** How long `24h`, `30m`, `7d` or `2w` is, ms; null for anything else and for more than ten years. */
export function rangeMs(text: string): number | null {
  const [, count, unit] = /^([1-9]\d{0,6})([mhdw])$/.exec(text) ?? [];
  if (count === undefined || unit === undefined) return null;
  const ms = Number(count) * units[unit as keyof typeof units];
  return ms <= longestMs ? ms : null;
}

const names = { m: 'minute', h: 'hour', d: 'day', w: 'week' } as const;

/** `24h` as words: "24 hours". */
export function rangeWords(text: string): string {
  const [, count = '', unit = 'm'] = /^(\d+)([mhdw])$/.exec(text) ?? [];
  return `${count} ${names[unit as keyof typeof names]}${count === '1' ? '' : 's'}`;
}
