const steps = [
  { unit: 'second', ms: 1_000, until: 60_000 },
  { unit: 'minute', ms: 60_000, until: 3_600_000 },
  { unit: 'hour', ms: 3_600_000, until: 86_400_000 },
  { unit: 'day', ms: 86_400_000, until: 30 * 86_400_000 },
  { unit: 'month', ms: 30 * 86_400_000, until: 365 * 86_400_000 },
  { unit: 'year', ms: 365 * 86_400_000, until: Number.POSITIVE_INFINITY },
] as const;

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always', style: 'narrow' });

/** "3m ago", "in 2h"; within five seconds "just now", so that small clock differences do not show. */
export function formatRelative(at: number, now: number): string {
  const distance = at - now;
  if (Math.abs(distance) < 5_000) return 'just now';
  const step = steps.find(({ until }) => Math.abs(distance) < until) ?? steps[5];
  return relative.format(Math.trunc(distance / step.ms), step.unit);
}

/** `2026-03-01 14:02:11`, in the browser's zone or with a trailing `UTC`. */
export function formatAbsolute(at: number, zone: 'local' | 'utc'): string {
  const date = new Date(at);
  if (zone === 'utc') return `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  const two = (part: number) => String(part).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** `14:02:11`, in the browser's zone or in UTC. */
export function formatClock(at: number, zone: 'local' | 'utc'): string {
  return formatAbsolute(at, zone).slice(11, 19);
}

/** `850 ms`, `4.2 s`, `3 m 12 s`, `2 h 05 m`, `3 d 4 h`. Never negative. */
export function formatDuration(ms: number): string {
  const whole = Math.max(0, Math.round(ms));
  if (whole < 1_000) return `${whole} ms`;
  if (whole < 10_000) return `${(Math.floor(whole / 100) / 10).toFixed(1)} s`;
  const seconds = Math.floor(whole / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const two = (part: number) => String(part).padStart(2, '0');
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} m ${two(seconds % 60)} s`;
  if (seconds < 86_400)
    return `${Math.floor(seconds / 3_600)} h ${two(Math.floor((seconds % 3_600) / 60))} m`;
  return `${Math.floor(seconds / 86_400)} d ${Math.floor((seconds % 86_400) / 3_600)} h`;
}
