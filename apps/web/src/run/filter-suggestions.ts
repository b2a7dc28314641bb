import { reasonCodes, reasonRule } from '@signalbox/domain/gate/reasons';
import { operationNames, operationRule } from '@signalbox/domain/operation/registry';
import { runStatuses, statusMeaning } from '@signalbox/domain/run/lifecycle';
import { type FilterWord, filterWords } from './filter-grammar.ts';
import { writeTerm } from './filter-terms.ts';

/** One entry of the list below the filter. */
export interface Suggestion {
  /** What choosing it puts in the place of the text: a whole term, or a word with its colon. */
  readonly text: string;
  readonly note: string;
  /** The term is complete, so that it can be applied at once. */
  readonly whole: boolean;
}

/** What this workspace has that a filter can name. */
export interface FilterOffers {
  readonly tenants: readonly { readonly id: number; readonly externalId: string; readonly name: string }[];
  readonly connections: readonly { readonly id: number; readonly label: string }[];
}

const wordNotes: Record<FilterWord, string> = {
  status: 'how far it is',
  type: 'which operation',
  tenant: 'where',
  connection: 'over which provider connection',
  infra: 'on which infra',
  by: 'who started it',
  tag: 'an exact tag',
  reason: 'why it waits or did not succeed',
  created: 'when it was made',
  ended: 'when it ended',
};

const times: readonly (readonly [string, string])[] = [
  ['>-1h', 'the last hour'],
  ['>-24h', 'the last 24 hours'],
  ['>-7d', 'the last 7 days'],
  ['>-30d', 'the last 30 days'],
];

function valuesOf(word: FilterWord, offers: FilterOffers): readonly (readonly [string, string])[] {
  switch (word) {
    case 'status':
      return runStatuses.map((status) => [status, statusMeaning[status].split(/[.:]/)[0] ?? '']);
    case 'type':
      return operationNames.map((name) => [name, operationRule(name).label]);
    case 'tenant':
      return offers.tenants.map(({ externalId, name }) => [externalId, name]);
    case 'connection':
      return offers.connections.map(({ id, label }) => [String(id), label]);
    case 'by':
      return [['me', 'runs you started']];
    case 'reason':
      return reasonCodes.map((code) => [code, reasonRule(code).label]);
    case 'created':
    case 'ended':
      return times;
    case 'infra':
    case 'tag':
      return [];
  }
}

/** The most entries offered at once. */
const most = 12;

/** What can follow the text typed so far: the values of its word, or else words and the values that contain it. */
export function suggest(text: string, offers: FilterOffers): Suggestion[] {
  const typed = text.trim().toLowerCase();
  const [, begun, rest = ''] = /^([a-z]+):(.*)$/.exec(typed) ?? [];
  const word = filterWords.find((one) => one === begun);
  const term = (key: FilterWord, [value, note]: readonly [string, string]): Suggestion => ({
    text: writeTerm({ key, value }),
    note,
    whole: true,
  });
  const has = ([value, note]: readonly [string, string], part: string) =>
    value.toLowerCase().includes(part) || note.toLowerCase().includes(part);
  if (word !== undefined) {
    const part = rest.replaceAll('"', '');
    return valuesOf(word, offers)
      .filter((entry) => has(entry, part))
      .slice(0, most)
      .map((entry) => term(word, entry));
  }
  const words = filterWords
    .filter((one) => one.startsWith(typed))
    .map((one) => ({ text: `${one}:`, note: wordNotes[one], whole: false }));
  if (typed === '') return words;
  const values = (['status', 'type', 'tenant', 'reason', 'by'] as const).flatMap((one) =>
    valuesOf(one, offers)
      .filter(([value, note]) => has([value, one === 'status' ? '' : note], typed))
      .map((entry) => term(one, entry)),
  );
  return [...words, ...values].slice(0, most);
}
