import type { ProviderStartOutcome } from '@signalbox/contracts/provider-dispatch/start-outcome';
import { escaped } from '../openapi/html.ts';
import { type Page, stillPage } from './page.ts';
import { card, type Fact, facts, link, plate, steps } from './parts.ts';

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
  const { status, operatorVerb, operatorTarget, operatorMessage, operationType } = outcome;
  const what = [operatorVerb, operatorTarget].filter(Boolean).join(' ') || operationType;
  return stillPage(
    `${words[status]}: ${what}`,
    card(
      `${plate(status, words[status])}<h1>${escaped(what)}</h1><p>${escaped(operatorMessage)}</p>${facts(
        factsOf(outcome),
      )}${steps('What you can do', outcome.nextSteps ?? [])}${steps('See also', outcome.actions ?? [])}`,
    ),
  );
}

function factsOf(outcome: ProviderStartOutcome & Pending): Fact[] {
  const { operationType, shortReason, providerConnection, run, pendingOperations } = outcome;
  const list: Fact[] = [{ name: 'Operation', html: `<code>${escaped(operationType)}</code>` }];
  if (shortReason) list.push({ name: 'Reason', html: escaped(shortReason) });
  if (providerConnection?.label !== undefined)
    list.push({ name: 'Provider connection', html: escaped(providerConnection.label) });
  if (run?.url !== undefined)
    list.push({
      name: outcome.status === 'scope_busy' ? 'Held by' : 'Run',
      html: `${link(run.url, `Run ${run.id}`)}, ${escaped(run.status ?? '')}`,
    });
  if (pendingOperations !== undefined && pendingOperations.length > 0)
    list.push({
      name: 'Waiting behind it',
      html: pendingOperations.map((name) => `<code>${escaped(name)}</code>`).join('<br>'),
    });
  return list;
}
