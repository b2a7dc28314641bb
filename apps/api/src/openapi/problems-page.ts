import { nextSteps } from '@signalbox/domain/gate/next-steps';
import { type ReasonCode, reasonCodes, reasonRule } from '@signalbox/domain/gate/reasons';
import { exampleProblem } from '../errors/example-problem.ts';
import { type ProblemCode, problemCatalogue } from '../errors/problem-catalogue.ts';
import { escaped, htmlPage, prose } from './html.ts';

/** What a page says about an error code or a reason. */
interface ProblemEntry {
  readonly code: string;
  readonly title: string;
  readonly status: number;
  readonly meaning: string;
  readonly when: string;
  readonly steps: readonly string[];
}

const errors = (Object.keys(problemCatalogue) as ProblemCode[]).map((code): ProblemEntry => {
  const { title, status, detail, when, nextSteps: steps } = problemCatalogue[code];
  return { code, title, status, meaning: detail, when, steps: steps.map((step) => nextSteps[step].label) };
});

const reasons = reasonCodes
  .filter((code) => !Object.hasOwn(problemCatalogue, code))
  .map((code: ReasonCode): ProblemEntry => {
    const { label, text, nextSteps: steps } = reasonRule(code);
    return {
      code,
      title: label,
      status: code === 'quota_exceeded' ? 402 : 409,
      meaning: text,
      when: 'As the answer to a start that the gate refused, and as the reason of a run that waits or did not succeed.',
      steps: steps.map((step) => nextSteps[step].label),
    };
  });

const entries = new Map([...errors, ...reasons].map((entry) => [entry.code, entry]));

/** Every error code and every reason, each leading to its page. */
export function problemsIndex(): string {
  return htmlPage(
    'Signalbox: errors and reasons',
    `<header><h1>Errors and reasons</h1><p><a href="/docs">API reference</a></p></header>
<main id="main">
<p>Every error is an RFC 9457 problem. Its <code>type</code> is the address of one of these pages.</p>
${list('Errors', errors)}
${list('Reasons of the start gate and of runs', reasons)}
</main>`,
  );
}

/** The page that the `type` of a problem leads to; null for a code that is none. */
export function problemPage(code: string): string | null {
  const entry = entries.get(code);
  if (entry === undefined) return null;
  const steps = entry.steps.map((step) => `<li>${escaped(step)}</li>`).join('');
  const example = JSON.stringify(exampleProblem(entry), null, 2);
  return htmlPage(
    `${entry.title} · Signalbox`,
    `<header><p><a href="/problems">Errors and reasons</a></p><h1>${escaped(entry.title)}</h1>
<p class="dim"><code>${escaped(entry.code)}</code> · HTTP ${entry.status}</p></header>
<main id="main">
<p class="lead">${prose(entry.meaning)}</p>
<h2>When it comes</h2><p>${prose(entry.when)}</p>
<h2>What to do</h2><ul>${steps}</ul>
<h2>What it looks like</h2><pre tabindex="0" aria-label="Example of the body">${escaped(example)}</pre>
</main>`,
  );
}

/** What a code that is none leads to. */
export function unknownProblemPage(): string {
  return htmlPage(
    'Not found · Signalbox',
    `<header><h1>Not found</h1></header>
<main id="main"><p>There is no such error. <a href="/problems">Here are all of them.</a></p></main>`,
  );
}

function list(heading: string, of: readonly ProblemEntry[]): string {
  const rows = of.map(
    ({ code, title, status, meaning }) =>
      `<li><a href="/problems/${escaped(code)}">${escaped(title)}</a> <span class="dim"><code>${escaped(code)}</code> ${status}</span><br>${prose(meaning)}</li>`,
  );
  return `<section aria-label="${escaped(heading)}"><h2>${escaped(heading)}</h2><ul class="entries">${rows.join('')}</ul></section>`;
}
