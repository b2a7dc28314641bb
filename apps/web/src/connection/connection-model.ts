import type { Connection } from '@signalbox/contracts/connection/connection';

type HealthWord = Connection['health'];

const fromWorst: readonly HealthWord[] = ['failing', 'warning', 'unknown', 'ok'];

/** The worst health among the enabled connections; null when none is enabled. */
export function worstHealth(connections: readonly Connection[]): HealthWord | null {
  const seen = new Set(connections.filter(({ enabled }) => enabled).map(({ health }) => health));
  return fromWorst.find((each) => seen.has(each)) ?? null;
}

/** Time left until a moment as `1:07` or `2:03:40`; null when it has come. Both in ms. */
export function timeLeft(until: number, now: number): string | null {
  const seconds = Math.ceil((until - now) / 1_000);
  if (seconds <= 0) return null;
  const [hours, minutes, rest] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (part: number) => String(part).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** Why somebody without the capability cannot change a connection. */
export const lackingManage = 'You lack the capability connection.manage. Managers hold it.';

/**
 * The connections that could be made the default because their tenant has several to the provider and no enabled one
 * is: there every start has to name one.
 */
export function needsDefault(connections: readonly Connection[]): ReadonlySet<number> {
  const rivals = (one: Connection) =>
    connections.filter(({ tenant, provider }) => tenant?.id === one.tenant?.id && provider === one.provider);
  const undecided = (one: Connection) =>
    one.enabled &&
    rivals(one).length > 1 &&
    !rivals(one).some(({ isDefault, enabled }) => isDefault && enabled);
  return new Set(connections.filter(undecided).map(({ id }) => id));
}
