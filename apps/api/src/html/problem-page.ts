import type { Problem } from '@signalbox/contracts/problem/problem';
import { escaped } from '../openapi/html.ts';
import { type Page, stillPage } from './page.ts';
import { card, facts, linked, plate, type Step, steps } from './parts.ts';

/**
 * An error as a page, with the same facts as the problem.
 * @param back where a reader who signs in is brought back to; null after something that cannot be repeated by reading
 */
export function problemDocument(problem: Problem, back: string | null): Page {
  const { title, status, detail, code, requestId, errors } = problem;
  const faults = (errors ?? []).map(({ pointer, detail: fault }) => ({
    name: pointer === '' ? 'The request' : pointer,
    html: escaped(fault),
  }));
  return stillPage(
    title,
    card(
      plate('stop', `${status} ${title}`),
      `<h1>${escaped(detail)}</h1>`,
      facts([
        ...faults,
        { name: 'Code', html: linked(problem.type, code) },
        { name: 'Request', html: `<code>${escaped(requestId)}</code>` },
      ]),
      steps('What you can do', stepsOf(problem, back)),
    ),
  );
}

function stepsOf({ nextSteps }: Problem, back: string | null): Step[] {
  return nextSteps.map(({ code, label, href }) => {
    if (code !== 'sign_in') return { label, href };
    return { label, href: back === null ? '/sign-in' : `/sign-in?next=${encodeURIComponent(back)}` };
  });
}
