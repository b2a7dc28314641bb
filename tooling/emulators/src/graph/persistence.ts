import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type GroupChange,
  policySegments,
  type Stored,
  type StoredPolicy,
  type TenantWorld,
  type World,
} from './world.ts';

/** What of a tenant is written to disk: everything that can change. */
interface SavedTenant {
  format: 1;
  seed: number;
  consent: boolean;
  consentAnswer: 'grant' | 'deny';
  app: TenantWorld['app'];
  policies: Record<string, StoredPolicy[]>;
  groups: Stored[];
  nextSeq: number;
  groupChanges: GroupChange[];
  deltaFloor: number;
}

/** Keeps the world on disk, one file per tenant. */
export interface Persistence {
  /** Puts what was saved into a freshly built world; a file of another seed or format is left unused. */
  load(world: World): void;
  /** Writes a tenant within a moment; many changes become one write. */
  changed(tenant: TenantWorld): void;
  /** Writes what is waiting now. */
  flush(): void;
}

/** A persistence that keeps nothing, for runs in memory. */
export const noPersistence: Persistence = {
  load: () => undefined,
  changed: () => undefined,
  flush: () => undefined,
};

/** How long a change waits to be written together with others, in milliseconds. */
const writeDelayMs = 100;

/** Opens a state directory, made when absent. Files are replaced atomically. */
export function openPersistence(directory: string, seed: number): Persistence {
  mkdirSync(directory, { recursive: true });
  const waiting = new Set<TenantWorld>();
  let timer: NodeJS.Timeout | undefined;
  const file = (tenant: TenantWorld): string => join(directory, `tenant-${tenant.alias}.json`);
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    for (const tenant of waiting) {
      const temporary = `${file(tenant)}.${process.pid}.tmp`;
      writeFileSync(temporary, JSON.stringify(save(tenant, seed)));
      renameSync(temporary, file(tenant));
    }
    waiting.clear();
  };
  return {
    load(world) {
      for (const tenant of world.values()) {
        if (!existsSync(file(tenant))) continue;
        const saved = JSON.parse(readFileSync(file(tenant), 'utf8')) as SavedTenant;
        if (saved.format === 1 && saved.seed === seed) restore(tenant, saved);
      }
    },
    changed(tenant) {
      waiting.add(tenant);
      timer ??= setTimeout(flush, writeDelayMs);
    },
    flush,
  };
}

function save(tenant: TenantWorld, seed: number): SavedTenant {
  const { consent, consentAnswer, app, nextSeq, groupChanges, deltaFloor } = tenant;
  const policies = Object.fromEntries(
    policySegments.map((segment) => [segment, [...tenant.policies[segment].values()]]),
  );
  const groups = [...tenant.groups.values()];
  return {
    format: 1,
    seed,
    consent,
    consentAnswer,
    app,
    policies,
    groups,
    nextSeq,
    groupChanges,
    deltaFloor,
  };
}

function restore(tenant: TenantWorld, saved: SavedTenant): void {
  const { consent, consentAnswer, app, nextSeq, groupChanges, deltaFloor } = saved;
  Object.assign(tenant, { consent, consentAnswer, app, nextSeq, groupChanges, deltaFloor });
  for (const segment of policySegments) {
    tenant.policies[segment] = new Map(
      (saved.policies[segment] ?? []).map((policy) => [policy.body.id, policy]),
    );
  }
  tenant.groups = new Map(saved.groups.map((group) => [group.body.id, group]));
}
