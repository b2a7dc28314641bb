import { nextSteps } from '@signalbox/domain/gate/next-steps';
import { reasonCodes, reasonRule } from '@signalbox/domain/gate/reasons';
import { outcomeMeaning, words } from '@signalbox/domain/glossary/words';
import type { GeneratedBlock } from './generated-block.ts';

/** Every reason with an anchor of its own, `#reason-<code>`, to which the console links. */
function reasonWords(): string {
  return reasonCodes
    .map((code) => {
      const { label, text, severity, remedy, nextSteps: steps } = reasonRule(code);
      const next = steps.map((step) => nextSteps[step].label).join(' · ');
      return `<a id="reason-${code}"></a>\n\n**${label}** (\`${code}\`, ${severity}). ${[text, remedy].filter(Boolean).join(' ')} Next: ${next}.`;
    })
    .join('\n\n');
}

function table(head: string, rows: readonly (readonly [string, string])[]): string {
  const lines = rows.map(([word, meaning]) => `| ${word} | ${meaning} |`);
  return [`| ${head} | meaning |`, '| --- | --- |', ...lines].join('\n');
}

const page = 'docs/glossary.md';
const command = 'node tooling/checks/src/write-glossary.ts --write';

/** The parts of docs/glossary.md that are made from the catalogues of the domain; the console shows the same. */
export const glossaryBlocks: readonly GeneratedBlock[] = [
  { page, command, name: 'reasons', render: reasonWords },
  ...Object.entries(words).map(([group, list]) => ({
    page,
    command,
    name: `words: ${group}`,
    render: () =>
      table(
        'word',
        list.map(({ word, meaning }) => [word, meaning]),
      ),
  })),
  {
    page,
    command,
    name: 'outcomes',
    render: () =>
      table(
        'outcome',
        Object.entries(outcomeMeaning).map(([outcome, meaning]) => [
          `<a id="outcome-${outcome}"></a>${outcome}`,
          meaning,
        ]),
      ),
  },
];
