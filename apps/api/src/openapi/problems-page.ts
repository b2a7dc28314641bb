import { nextSteps } from '@signalbox/domain/gate/next-steps';
import { reasonCodes, reasonRule } from '@signalbox/domain/gate/reasons';
import { type ProblemCode, problemCatalogue } from '../errors/problem-catalogue.ts';
import { escaped, htmlPage } from './html.ts';

/** Every error code and every reason, with what each means and what to do next. */
export function problemsPage(): string {
  const problems = (Object.keys(problemCatalogue) as ProblemCode[]).map((code) => {
    const rule = problemCatalogue[code];
    return entry(code, `${rule.title} (${rule.status})`, [rule.detail, ...steps(rule.nextSteps)]);
  });
  const reasons = reasonCodes
    .filter((code) => !Object.hasOwn(problemCatalogue, code))
    .map((code) => {
      const rule = reasonRule(code);
      return entry(code, rule.label, [rule.text, ...steps(rule.nextSteps)]);
    });
  return htmlPage(
    'Signalbox: errors and reasons',
    `<header><h1>Errors and reasons</h1><p><a href="/docs">API reference</a></p></header>
<main id="main">
<section aria-labelledby="errors"><h2 id="errors">Errors</h2>${problems.join('')}</section>
<section aria-labelledby="reasons"><h2 id="reasons">Reasons of the start gate and of runs</h2>${reasons.join('')}</section>
</main>`,
  );
}

function steps(codes: readonly (keyof typeof nextSteps)[]): string[] {
  return codes.map((code) => `Next: ${nextSteps[code].label}.`);
}

function entry(code: string, title: string, lines: readonly string[]): string {
  const paragraphs = lines.map((line) => `<p>${escaped(line)}</p>`).join('');
  return `<article id="${escaped(code)}"><h3>${escaped(title)} <code>${escaped(code)}</code></h3>${paragraphs}</article>`;
}
