import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Rules that look at colours and sizes; all others look at the document, which is one in every theme and density. */
const visual = ['color-contrast', 'link-in-text-block', 'scrollable-region-focusable', 'target-size'];

/** What axe finds in how the page looks, when the rest has been judged in another look. */
export async function visualFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .options({ runOnly: { type: 'rule', values: visual }, resultTypes: ['violations'] })
    .analyze();
  return violations.flatMap(told);
}

/** What axe finds on the page, each with the elements it is about; none is the good answer. `without` names rules. */
export async function axeFaults(page: Page, without: readonly string[] = []): Promise<string[]> {
  const off = Object.fromEntries(without.map((rule) => [rule, { enabled: false }]));
  const rules = { 'target-size': { enabled: true }, ...off };
  const { violations } = await new AxeBuilder({ page })
    .options({ runOnly: tags, rules, resultTypes: ['violations'] })
    .analyze();
  return violations.flatMap(told);
}

type Violation = Awaited<ReturnType<AxeBuilder['analyze']>>['violations'][number];

function told({ id, help, nodes }: Violation): string[] {
  return nodes.map(({ html, failureSummary = '' }) => `${id}: ${help}\n  ${html}\n  ${failureSummary}`);
}
