import { rollbackLimit } from '@signalbox/domain/provisioning/rollback-plan';
import type { CheckpointRowView } from './checkpoint-view.ts';

/** A resource as a checkpoint keeps it. */
export interface KeptResource {
  readonly infra: string;
  readonly kind: string;
  readonly name: string;
  readonly provider: string;
  readonly externalId: string | null;
  readonly state: unknown;
}

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What stood, infra by infra. The content is JSON of its time: what is missing in it is left out, never invented. */
export function readContent(content: unknown): {
  readonly infras: readonly string[];
  readonly resources: readonly KeptResource[];
} {
  const infras = list(record(content).infras).map(record);
  return {
    infras: infras.map(({ name }) => text(name)),
    resources: infras.flatMap(({ name, resources }) =>
      list(resources)
        .map(record)
        .map((one) => ({
          infra: text(name),
          kind: text(one.kind),
          name: text(one.name),
          provider: text(one.provider),
          externalId: typeof one.externalId === 'string' ? one.externalId : null,
          state: one.state ?? null,
        })),
    ),
  };
}

const kindWords: Readonly<Record<string, readonly [one: string, many: string]>> = {
  server: ['server', 'servers'],
  taskserv: ['task service', 'task services'],
  cluster: ['cluster', 'clusters'],
};
const kindOrder = Object.keys(kindWords);

/** `3 servers`. */
export function kindCount(kind: string, count: number): string {
  const [one, many] = kindWords[kind] ?? [kind, kind];
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** `Servers`. */
export function kindHeading(kind: string): string {
  const [, many] = kindWords[kind] ?? [kind, kind];
  return `${many.charAt(0).toUpperCase()}${many.slice(1)}`;
}

/** The kinds that there are, in their order, each with what is of it. */
export function byKind<T extends { readonly kind: string }>(
  things: readonly T[],
): { readonly kind: string; readonly things: readonly T[] }[] {
  const groups = Map.groupBy(things, ({ kind }) => kind);
  return [...groups]
    .map(([kind, group]) => ({ kind, things: group }))
    .sort((a, b) => kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind));
}

/** `2 servers, 1 task service`; `nothing` of nothing. */
export function countKinds(things: readonly { readonly kind: string }[]): string {
  if (things.length === 0) return 'nothing';
  return byKind(things)
    .map(({ kind, things: { length } }) => kindCount(kind, length))
    .join(', ');
}

/** Why going back to a checkpoint undoes nothing; null where there is something to go back over. */
export function notRestorable({ changesSince }: Pick<CheckpointRowView, 'changesSince'>): string | null {
  if (changesSince === 0) return 'Nothing has changed since';
  if (changesSince <= rollbackLimit) return null;
  return `More than ${rollbackLimit.toLocaleString('en')} changes since, which is more than one rollback undoes`;
}

/** `3 changes`, `More than 1,000 changes`. */
export function changesText(count: number): string {
  if (count > rollbackLimit) return `More than ${rollbackLimit.toLocaleString('en')} changes`;
  return `${count.toLocaleString('en')} ${count === 1 ? 'change' : 'changes'}`;
}

/** Bytes for people; one kB is 1,024. */
export function sizeWords(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB'] as const;
  const at = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log2(bytes) / 10));
  const size = bytes / 1_024 ** at;
  return `${at > 0 && size < 10 ? size.toFixed(1) : Math.round(size)} ${units[at]}`;
}

/** What the facts of a resource say, in one line: `plan small · zone local`. */
export function stateLine(state: unknown): string {
  return Object.entries(record(state))
    .flatMap(([name, value]) => {
      if (typeof value === 'string' && value !== '') return [`${name} ${value}`];
      if (typeof value === 'number' || typeof value === 'boolean') return [`${name} ${value}`];
      const names = list(value).filter((one) => typeof one === 'string');
      return names.length === 0 ? [] : [`${name} ${names.join(', ')}`];
    })
    .join(' · ');
}
