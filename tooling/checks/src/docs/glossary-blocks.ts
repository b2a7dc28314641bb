import { nextSteps } from '@signalbox/domain/gate/next-steps';
import { reasonCodes, reasonRule } from '@signalbox/domain/gate/reasons';
import type { GeneratedBlock } from './generated-block.ts';

/** Every reason with an anchor of its own, `#reason-<code>`, to which the console links. */
function reasonWords(): string {
  return reasonCodes
    .map((code) => {
      const { label, text, severity, nextSteps: steps } = reasonRule(code);
      const next = steps.map((step) => nextSteps[step].label).join(' · ');
      return `<a id="reason-${code}"></a>\n\n**${label}** (\`${code}\`, ${severity}). ${text} Next: ${next}.`;
    })
    .join('\n\n');
}

/** The part of docs/glossary.md that is made from the catalogue of reasons. */
export const glossaryBlocks: readonly GeneratedBlock[] = [
  {
    page: 'docs/glossary.md',
    name: 'reasons',
    command: 'node tooling/checks/src/glossary-reasons.ts --write',
    render: reasonWords,
  },
];
