import { runStatuses, statusMeaning, terminalStatuses, transitions } from '@signalbox/domain/run/lifecycle';
import type { GeneratedBlock } from './generated-block.ts';

const page = 'docs/lifecycle.md';
const command = 'node tooling/checks/src/lifecycle-diagram.ts --write';

/** The state diagram in Mermaid's notation, in the order of the table. */
function diagram(): string {
  const moves = runStatuses.flatMap((from) => transitions[from].map((to) => `  ${from} --> ${to}`));
  const ends = terminalStatuses.map((status) => `  ${status} --> [*]`);
  return [
    '```mermaid',
    'stateDiagram-v2',
    '  [*] --> pending',
    '  [*] --> queued',
    '  [*] --> awaiting_approval',
    ...moves,
    ...ends,
    '```',
  ].join('\n');
}

/** A paragraph for each state with the states it may move to. */
function states(): string {
  return runStatuses
    .map((status) => {
      const next = transitions[status].map((to) => `[${to}](#${to})`).join(', ');
      const moves = next === '' ? 'Nothing leads out of it.' : `Leads to ${next}.`;
      return `### ${status}\n\n${statusMeaning[status]} ${moves}`;
    })
    .join('\n\n');
}

/** The parts of docs/lifecycle.md that are made from the table in the domain. */
export const lifecycleBlocks: readonly GeneratedBlock[] = [
  { page, command, name: 'lifecycle diagram', render: diagram },
  { page, command, name: 'lifecycle states', render: states },
];
