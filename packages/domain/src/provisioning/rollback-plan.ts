import type { ServerProviderName } from '../connection/providers.ts';
import type { JsonObject } from '../gate/canonical.ts';
import { describeUnit, serverRoles, type WorkUnit } from './work.ts';

/** A change of the log that stands: nothing has undone it. */
export interface StandingChange {
  readonly seq: number;
  readonly infra: string;
  readonly kind: 'server' | 'taskserv' | 'cluster';
  /** Of the resource. */
  readonly name: string;
  readonly action: 'create' | 'update' | 'delete';
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
  readonly runId: number;
  readonly provider: ServerProviderName;
  readonly connectionId: number;
  /** Why nothing goes through its connection now; null when something may. */
  readonly connectionProblem: string | null;
}

/** What is to be undone: everything after a position of the log, or what certain runs have done. */
export type RollbackTarget =
  | { readonly kind: 'checkpoint'; readonly afterSeq: number }
  | { readonly kind: 'runs'; readonly runIds: readonly number[] };

/** One change as it is undone. */
export interface RollbackStep {
  readonly change: StandingChange;
  /** What undoing it takes; null where nothing can be done. */
  readonly unit: WorkUnit | null;
  /** What will be done, as people are told. */
  readonly label: string;
  /** The change that pulled it in, where it was not chosen itself: the step needs to be undone before that one. */
  readonly because: number | null;
  /** Why it cannot be undone; null when it can. */
  readonly problem: string | null;
  /** What does not come back although it is undone. */
  readonly warning: string | null;
}

/** The most changes one rollback undoes. */
export const rollbackLimit = 1_000;

/**
 * Plans how changes are undone: those that are chosen and all that depend on them, the newest first. A change depends on
 * every earlier one of the same resource and of what the resource lives on, so the reverse of the log never takes
 * something away from under something else. Each step needs those before it that depend on it.
 */
export function planRollback(target: RollbackTarget, log: readonly StandingChange[]): RollbackStep[] {
  const chosen = select(
    target,
    [...log].sort((a, b) => a.seq - b.seq),
  );
  const newestFirst = [...chosen].reverse();
  /** Steps so far by what they rest on, so that each finds its own without looking at all. */
  const undoneBefore = new Map<string, Undone[]>();
  return newestFirst.map(({ change, because }) => {
    const dependants = undoneBefore.get(placeOf(change)) ?? [];
    const needs = dependants.map(({ key }) => key);
    const stuck = dependants.find(({ possible }) => !possible);
    const problem =
      problemOf(change) ??
      (stuck === undefined ? null : `${stuck.change.name} depends on it and cannot be undone.`);
    const unit = problem === null ? unitOf(change, needs) : null;
    const undone = { change, key: String(change.seq), possible: problem === null };
    for (const place of restsOn(change)) {
      const there = undoneBefore.get(place);
      if (there === undefined) undoneBefore.set(place, [undone]);
      else there.push(undone);
    }
    const label = describeUndo(change);
    return { change, unit, label, because, problem, warning: warningOf(change) };
  });
}

interface Undone {
  readonly change: StandingChange;
  readonly key: string;
  readonly possible: boolean;
}

interface Chosen {
  readonly change: StandingChange;
  readonly because: number | null;
}

/** Oldest first. */
function select(target: RollbackTarget, log: readonly StandingChange[]): Chosen[] {
  if (target.kind === 'checkpoint')
    return log.filter(({ seq }) => seq > target.afterSeq).map((change) => ({ change, because: null }));
  const runs = new Set(target.runIds);
  const chosen: Chosen[] = [];
  /** The first that was chosen, by its place. */
  const first = new Map<string, StandingChange>();
  const choose = (change: StandingChange, because: number | null): void => {
    chosen.push({ change, because });
    if (!first.has(placeOf(change))) first.set(placeOf(change), change);
  };
  for (const change of log) {
    if (runs.has(change.runId)) {
      choose(change, null);
      continue;
    }
    const grounds = restsOn(change).flatMap((place) => first.get(place) ?? []);
    if (grounds.length > 0) choose(change, Math.min(...grounds.map(({ seq }) => seq)));
  }
  return chosen;
}

/** Where a change is, as one text. */
function placeOf({ infra, kind, name }: StandingChange): string {
  return `${infra}/${kind}:${name}`;
}

/** The places whose earlier changes a change rests on: that of its resource, and those of what the resource lives on. */
function restsOn(change: StandingChange): string[] {
  const servers = groundsOf(change).map((server) => `${change.infra}/server:${server}`);
  return [...new Set([placeOf(change), ...servers])];
}

/** The servers that a resource lives on, before and after the change. */
function groundsOf({ kind, before, after }: StandingChange): string[] {
  return [before, after].flatMap((state) => {
    if (state === null || kind === 'server') return [];
    if (kind === 'taskserv') return typeof state.server === 'string' ? [state.server] : [];
    return Array.isArray(state.members) ? state.members.filter((each) => typeof each === 'string') : [];
  });
}

function problemOf(change: StandingChange): string | null {
  const { kind, action, before, after, connectionProblem } = change;
  // A cluster is only written down; nothing outside is asked.
  if (kind !== 'cluster' && connectionProblem !== null) return connectionProblem;
  if (kind === 'taskserv' && action === 'update' && before?.version !== after?.version)
    return 'Only the present version of a task service can be installed.';
  return null;
}

function warningOf({ kind, action }: StandingChange): string | null {
  if (kind === 'server' && action === 'delete')
    return 'The server comes back empty: what was on its disks is gone.';
  if (kind === 'taskserv' && action === 'delete') return 'What the task service had kept is gone.';
  if (kind === 'server' && action === 'create') return 'Everything on the disks of the server goes with it.';
  return null;
}

/** What undoes a change. An update of a server is one that its provider made, such as another address. */
function unitOf(change: StandingChange, needs: readonly string[]): WorkUnit {
  const { kind, name, action, before, after } = change;
  const shared = { key: String(change.seq), needs };
  const state = before ?? after ?? {};
  if (kind === 'server') {
    if (action === 'create') return { ...shared, kind: 'remove_server', server: name };
    const server = { name, plan: textIn(state, 'plan'), zone: textIn(state, 'zone'), role: roleIn(state) };
    return { ...shared, kind: 'make_server', server };
  }
  if (kind === 'taskserv') {
    const where = {
      service: textIn(state, 'service'),
      server: textIn(state, 'server'),
      role: roleIn(state),
    };
    const undoing = { create: 'delete', delete: 'install', update: 'configure' } as const;
    return { ...shared, kind: 'service', action: undoing[action], ...where };
  }
  if (action === 'create') return { ...shared, kind: 'forget_cluster', cluster: name };
  const members = Array.isArray(state.members) ? state.members.filter((one) => typeof one === 'string') : [];
  return { ...shared, kind: 'keep_cluster', cluster: { name, type: textIn(state, 'type'), members } };
}

function describeUndo(change: StandingChange): string {
  return describeUnit(unitOf(change, []));
}

function textIn(state: JsonObject, field: string): string {
  const value = state[field];
  return typeof value === 'string' ? value : '';
}

function roleIn({ role }: JsonObject) {
  return serverRoles.find((each) => each === role) ?? 'server';
}
