import { roleHolds, roles } from '@signalbox/domain/access/capabilities';
import {
  capabilitiesIn,
  capabilityAreas,
  capabilityWords,
  roleWords,
} from '@signalbox/domain/access/capability-words';
import type { GeneratedBlock } from './generated-block.ts';

const page = 'docs/access.md';
const command = 'node tooling/checks/src/write-access.ts --write';

function roleTable(): string {
  const rows = roles.map((role) => `| ${role} | ${roleWords[role]} |`);
  return ['| role | what it is for |', '| --- | --- |', ...rows].join('\n');
}

function capabilityTable(): string {
  const rows = capabilityAreas.flatMap((area) => [
    `| **${area}** | ${roles.map(() => '').join(' | ')} |`,
    ...capabilitiesIn(area).map((capability) => {
      const cells = roles.map((role) => (roleHolds(role, capability) ? 'yes' : ''));
      return `| ${capabilityWords[capability].label} (\`${capability}\`) | ${cells.join(' | ')} |`;
    }),
  ]);
  return [`| can | ${roles.join(' | ')} |`, `| --- |${' --- |'.repeat(roles.length)}`, ...rows].join('\n');
}

/** The parts of docs/access.md that are made from the table of capabilities; the console shows the same. */
export const accessBlocks: readonly GeneratedBlock[] = [
  { page, command, name: 'roles', render: roleTable },
  { page, command, name: 'capabilities', render: capabilityTable },
];
