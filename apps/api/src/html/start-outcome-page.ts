import type { ProviderStartOutcome } from '@signalbox/contracts/provider-dispatch/start-outcome';
import { escaped } from '../openapi/html.ts';
import { type Page, stillPage } from './page.ts';
import { card, type Fact, facts, linked, plate, steps } from './parts.ts';

const words: Readonly<Record<ProviderStartOutcome['status'], string>> = {
  accepted: 'Accepted',
  deduped: 'Deduped',
  scope_busy: 'Scope busy',
  blocked: 'Blocked',
};

/** Work that waits behind the one that was accepted, where a start is about several. */
export interface Pending {
  readonly pendingOperations?: readonly string[] | undefined;
}

/** The answer to a start as a page. */
export function startOutcomePage(outcome: ProviderStartOutcome & Pending): Page {
  const { status, operatorVerb, operatorTarget, operatorMessage, operationType, nextSteps } = outcome;
  const what = [operatorVerb, operatorTarget].filter(Boolean).join(' ') || operationType;
  return stillPage(
    `${words[status]}: ${what}`,
    card(
      plate(status, words[status]),
      `<h1>${escaped(what)}</h1><p>${escaped(operatorMessage)}</p>`,
      facts(factsOf(outcome)),
      steps('What you can do', nextSteps ?? []),
    ),
  );
}

function factsOf(outcome: ProviderStartOutcome & Pending): Fact[] {
  const { status, operationType, shortReason, providerConnection, run, pendingOperations = [] } = outcome;
  // The actions of an answer are the pages this caller may open.
  const page = (kind: string) => outcome.actions?.find((action) => action.kind === kind)?.href;
  const list: Fact[] = [{ name: 'Operation', html: `<code>${escaped(operationType)}</code>` }];
  if (shortReason) list.push({ name: 'Reason', html: escaped(shortReason) });
  if (providerConnection?.label !== undefined) {
    list.push({ name: 'Provider connection', html: linked(page('connection'), providerConnection.label) });
  }
  if (run?.id !== undefined) {
    const state = run.status === undefined ? '' : `, ${escaped(run.status)}`;
    const name = status === 'scope_busy' ? 'Held by' : 'Run';
    list.push({ name, html: `${linked(page('run'), `Run ${run.id}`)}${state}` });
  }
  if (pendingOperations.length > 0) {
    const names = pendingOperations.map((name) => `<code>${escaped(name)}</code>`);
    list.push({ name: 'Waiting behind it', html: names.join('<br>') });
  }
  return list;
}
