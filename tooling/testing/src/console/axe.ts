import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds on the page, each with the elements it is about; none is the good answer. `without` names rules. */
export async function axeFaults(page: Page, without: readonly string[] = []): Promise<string[]> {
  const off = Object.fromEntries(without.map((rule) => [rule, { enabled: false }]));
  const rules = { 'target-size': { enabled: true }, ...off };
  const { violations } = await new AxeBuilder({ page })
    .options({ runOnly: tags, rules, resultTypes: ['violations'] })
    .analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary = '' }) => `${id}: ${help}\n  ${html}\n  ${failureSummary}`),
  );
}
