import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AuditFacts, entryLine } from './audit-line.ts';

const entry: AuditFacts = {
  workspace: 'ws-default',
  transaction: '771',
  id: 12,
  at: '2026-03-14T02:15:00.123456Z',
  actor: { kind: 'api_key', name: 'nightly', onBehalfOf: 'dana' },
  action: 'run.created',
  object: { kind: 'run', id: '5' },
  runId: 5,
  requestId: null,
  details: '{}',
};

/** The same JSON with its members in another order, and space where the database puts it. */
function shuffled(value: unknown, turn: number): string {
  if (Array.isArray(value)) return `[${value.map((each) => shuffled(each, turn)).join(', ')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value);
  const moved = [
    ...members.slice(turn % (members.length || 1)),
    ...members.slice(0, turn % (members.length || 1)),
  ];
  return `{${moved.map(([name, each]) => `${JSON.stringify(name)}: ${shuffled(each, turn)}`).join(', ')}}`;
}

describe('the text of an entry', () => {
  test('is the one of the documentation', () => {
    expect(entryLine({ ...entry, details: '{"b": 1, "a": [true, null]}' })).toBe(
      '{"action":"run.created","actor":{"kind":"api_key","name":"nightly","onBehalfOf":"dana"},"at":"2026-03-14T02:15:00.123456Z","details":{"a":[true,null],"b":1},"id":12,"object":{"id":"5","kind":"run"},"requestId":null,"runId":5,"transaction":"771","type":"entry","v":1,"workspace":"ws-default"}',
    );
  });

  test('does not depend on the order in which the details are kept', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(7), (details, turn) => {
        const json = JSON.stringify(details);
        expect(entryLine({ ...entry, details: shuffled(JSON.parse(json), turn) })).toBe(
          entryLine({ ...entry, details: json }),
        );
      }),
    );
  });

  test('is one line of JSON that says what the entry says', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string({ unit: 'grapheme' }), (value, name) => {
        const details = JSON.stringify({ value });
        const line = entryLine({ ...entry, actor: { ...entry.actor, name }, details });
        expect(line).not.toContain('\n');
        expect(JSON.parse(line)).toEqual({
          ...entry,
          actor: { ...entry.actor, name },
          details: JSON.parse(details),
          type: 'entry',
          v: 1,
        });
      }),
    );
  });

  test('differs when anything of the entry differs', () => {
    const text = fc.string({ unit: 'grapheme' });
    const facts = fc.record({
      ...{ workspace: text, transaction: text, at: text, action: text },
      id: fc.nat(),
      actor: fc.record({ kind: text, name: text, onBehalfOf: fc.option(text) }),
      object: fc.record({ kind: text, id: text }),
      runId: fc.option(fc.nat()),
      requestId: fc.option(text),
      details: fc.jsonValue().map((value) => JSON.stringify({ value })),
    });
    fc.assert(
      fc.property(facts, facts, (left, right) => {
        const same = JSON.stringify(parsed(left)) === JSON.stringify(parsed(right));
        expect(entryLine(left) === entryLine(right)).toBe(same);
      }),
    );
  });

  test('keeps every digit of a number and every name, however odd', () => {
    const details = '{"__proto__": 1, "10": 12345678901234567890.10, "9": 1}';
    expect(entryLine({ ...entry, details })).toContain(
      '"details":{"10":12345678901234567890.10,"9":1,"__proto__":1}',
    );
  });
});

const parsed = (facts: AuditFacts) => ({ ...facts, details: sorted(JSON.parse(facts.details)) });

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.entries(value)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, each]) => [name, sorted(each)]);
}
