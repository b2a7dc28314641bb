import type { ProviderRunDetail } from '@signalbox/contracts/provider-dispatch/run-detail';
import { escaped } from '../openapi/html.ts';
import { type Page, stillPage } from './page.ts';
import { card, type Fact, facts, plate, steps } from './parts.ts';

/** A run as a page, where no console is served that has a better one. */
export function runDetailPage(detail: ProviderRunDetail): Page {
  const { runId, operationType, executionStatus, outcome, shortReason, providerConnection } = detail;
  const word = (outcome ?? executionStatus).replaceAll('_', ' ');
  const list: Fact[] = [{ name: 'Operation', html: `<code>${escaped(operationType)}</code>` }];
  if (shortReason) list.push({ name: 'Reason', html: escaped(shortReason) });
  if (providerConnection?.label !== undefined)
    list.push({ name: 'Provider connection', html: escaped(providerConnection.label) });
  return stillPage(
    `Run ${runId}`,
    card(
      plate('idle', word),
      `<h1>Run ${runId}</h1>`,
      facts(list),
      steps('What you can do', detail.nextSteps ?? []),
    ),
  );
}
