/** What the sources of one package may import. Names of our packages stand without their scope. */
export interface Arrow {
  /** Our packages it may import at run time. */
  readonly ours: readonly string[];
  /** Our packages it may import as types only. */
  readonly oursAsTypes: readonly string[];
  /** Packages of others it may import; `declared` for whatever its package.json lists. */
  readonly others: 'declared' | readonly string[];
  /** Packages of others it may import as types only. */
  readonly othersAsTypes: readonly string[];
  /** Whether it may use the modules of Node. */
  readonly node: boolean;
}

const onNode = { oursAsTypes: [], others: 'declared', othersAsTypes: [], node: true } as const;

/**
 * The arrows of the house: domain decides, db commits, worker acts, api translates, web shows.
 * Tooling stands outside: it may import anything, and nothing here imports it.
 */
export const arrows: Readonly<Record<string, Arrow>> = {
  'packages/domain': { ours: [], oursAsTypes: [], others: [], othersAsTypes: [], node: false },
  'packages/contracts': {
    ours: ['domain'],
    oursAsTypes: [],
    others: ['zod'],
    othersAsTypes: ['trpc-to-openapi'],
    node: false,
  },
  'packages/db': { ...onNode, ours: ['domain'] },
  'apps/api': { ...onNode, ours: ['domain', 'contracts', 'db'] },
  'apps/worker': { ...onNode, ours: ['domain', 'contracts', 'db'] },
  'apps/web': {
    ours: ['contracts', 'domain'],
    oursAsTypes: ['api'],
    others: 'declared',
    othersAsTypes: [],
    node: false,
  },
};

const homes: Readonly<Record<string, string>> = {
  db: 'rows and transactions stay in packages/db',
  contracts:
    'shapes of the wire are for api, worker and web; a rule that both sides need goes to packages/domain',
  api: 'routes stay in apps/api; what others need goes to packages/db (a row) or packages/domain (a rule)',
  worker:
    'deeds stay in apps/worker; what others need goes to packages/db (a row) or packages/domain (a rule)',
  web: 'views stay in apps/web; a shape goes to packages/contracts, a rule to packages/domain',
};

/** Where code belongs that made a package reach for `target`. */
export function adviceFor(packagePath: string, target: string): string {
  if (packagePath === 'packages/domain') return 'domain imports nothing: hand the fact in as an argument';
  if (packagePath === 'apps/web' && target === 'api')
    return 'write `import type`; what runs in both goes to packages/contracts or packages/domain';
  if (packagePath === 'apps/web' && target === 'db')
    return 'ask the api: a shape in packages/contracts, a route in apps/api';
  return (
    homes[target] ?? 'tooling is for development; move what production needs into the package that uses it'
  );
}
