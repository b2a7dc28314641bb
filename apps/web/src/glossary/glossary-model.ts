import { nextSteps } from '@signalbox/domain/gate/next-steps';
import { reasonCodes, reasonRule } from '@signalbox/domain/gate/reasons';
import { outcomeMeaning, words } from '@signalbox/domain/glossary/words';
import { runStatuses, statusMeaning } from '@signalbox/domain/run/lifecycle';
import { outcomeView, startOutcomes } from '../gate/outcome-model.ts';

/** An explained word. `id` is its anchor on the page. */
export interface Term {
  readonly id: string;
  readonly word: string;
  /** As code, API and tables write it, where that differs. */
  readonly code?: string;
  readonly meaning: string;
  /** What one can do about it. */
  readonly next?: readonly string[];
}

export interface TermGroup {
  readonly label: string;
  readonly terms: readonly Term[];
}

/** `start gate` becomes `word-start-gate`. */
function wordId(word: string): string {
  return `word-${word.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`;
}

/** `awaiting_approval` becomes `Awaiting approval`. */
function named(code: string): string {
  return `${code.charAt(0).toUpperCase()}${code.slice(1).replaceAll('_', ' ')}`;
}

/** Every word of the console from the catalogues of the domain, in the order of the page. */
export const termGroups: readonly TermGroup[] = [
  {
    label: 'Statuses of a run',
    terms: runStatuses.map((status) => ({
      id: `status-${status}`,
      word: named(status),
      code: status,
      meaning: statusMeaning[status],
    })),
  },
  {
    label: 'Answers of the start gate',
    terms: startOutcomes.map((outcome) => ({
      id: `outcome-${outcome}`,
      word: outcomeView(outcome).word,
      code: outcome,
      meaning: outcomeMeaning[outcome],
    })),
  },
  {
    label: 'Reasons',
    terms: reasonCodes.map((code) => {
      const { label, text, nextSteps: steps } = reasonRule(code);
      return {
        id: `reason-${code}`,
        word: label,
        code,
        meaning: text,
        next: steps.map((step) => nextSteps[step].label),
      };
    }),
  },
  ...Object.entries(words).map(([label, list]) => ({
    label,
    terms: list.map(({ word, meaning }) => ({ id: wordId(word), word, meaning })),
  })),
];

/** The groups with the terms in which all of the text stands, empty ones left out. */
export function findTerms(text: string): TermGroup[] {
  const wanted = text.trim().toLowerCase();
  const holds = ({ word, code = '', meaning }: Term) =>
    `${word} ${code} ${meaning}`.toLowerCase().includes(wanted);
  return termGroups
    .map(({ label, terms }) => ({ label, terms: terms.filter(holds) }))
    .filter(({ terms }) => terms.length > 0);
}
