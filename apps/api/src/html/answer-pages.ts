import type { ProviderRunDetail } from '@signalbox/contracts/provider-dispatch/run-detail';
import { runDetailMedia } from '@signalbox/contracts/provider-dispatch/run-detail';
import type { ProviderStartOutcome } from '@signalbox/contracts/provider-dispatch/start-outcome';
import type { RestOperation } from '../openapi/operations.ts';
import type { Page } from './page.ts';
import { runDetailPage } from './run-detail-page.ts';
import { startOutcomePage } from './start-outcome-page.ts';

/**
 * The page of an answer that is given as one. It is rendered from the answer itself, so page and JSON cannot disagree.
 * @param console the page of the console, which is the page of a run wherever it is served
 */
export function answerPages(console: Page | null): (operation: RestOperation, answer: Buffer) => Page {
  return ({ facts }, answer) => {
    const value: unknown = JSON.parse(answer.toString());
    if (facts.media?.json !== runDetailMedia.json) return startOutcomePage(value as ProviderStartOutcome);
    return console ?? runDetailPage(value as ProviderRunDetail);
  };
}
