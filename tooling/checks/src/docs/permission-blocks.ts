import { tenantProviders } from '@signalbox/domain/connection/providers';
import { permissionsNeeded } from '@signalbox/domain/operation/permissions';
import { operationNames, operationRule } from '@signalbox/domain/operation/registry';
import type { GeneratedBlock } from './generated-block.ts';

const code = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(', ');

function operationTable(): string {
  const rows = operationNames
    .map(operationRule)
    .filter(({ provider }) => tenantProviders.some((each) => each === provider))
    .map(({ name, label, permissions }) => `| ${label} (\`${name}\`) | ${code(permissions)} |`);
  return ['| operation | permissions |', '| --- | --- |', ...rows].join('\n');
}

function everything(): string {
  return tenantProviders
    .map((provider) => `All of them, for \`${provider}\`: ${code(permissionsNeeded(provider))}.`)
    .join('\n\n');
}

/** The parts of docs/connections.md that are made from the registry of operations. */
export const permissionBlocks: readonly GeneratedBlock[] = [
  {
    page: 'docs/connections.md',
    command: 'node tooling/checks/src/write-permissions.ts --write',
    name: 'permissions',
    render: () => `${operationTable()}\n\n${everything()}`,
  },
];
