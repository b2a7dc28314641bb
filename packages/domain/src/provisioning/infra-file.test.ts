import fc from 'fast-check';
import { expect, test } from 'vitest';
import { serverProviders } from '../connection/providers.ts';
import { type InfraSettings, parseInfraFile } from './infra-file.ts';

const name = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,20}$/);
const word = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,20}$/);
const named = <Part>(part: fc.Arbitrary<Part & { name: string }>) =>
  fc.uniqueArray(part, { selector: (one) => one.name, maxLength: 5 });
const settings: fc.Arbitrary<InfraSettings> = fc.record({
  provider: fc.constantFrom(...serverProviders),
  servers: named(fc.record({ name, plan: word, zone: word })),
  taskservs: fc.uniqueArray(name, { maxLength: 5 }),
  clusters: named(fc.record({ name, type: name, size: fc.integer({ min: 1, max: 100 }) })),
});

/** Settings as a person may write them: with either sign, commas or lines between, and remarks. */
function write(of: InfraSettings, style: { readonly sign: string; readonly between: string }): string {
  const fields = (one: object) =>
    `{ ${Object.entries(one)
      .map(([key, value]) => `${key} ${style.sign} ${JSON.stringify(value)}`)
      .join(style.between)} }`;
  const list = (all: readonly string[]) => `[\n${all.join(style.between)}\n]`;
  return [
    '# made by a test',
    `provider = "${of.provider}" # which one`,
    `server_configs = ${list(of.servers.map(fields))}`,
    '',
    `taskservs = ${list(of.taskservs.map((one) => JSON.stringify(one)))}`,
    `clusters = ${list(of.clusters.map(fields))}`,
  ].join('\r\n');
}

test('what is written is read, however it is laid out', () => {
  const style = fc.record({
    sign: fc.constantFrom('=', ':'),
    between: fc.constantFrom('\n', ',\n', '\n  # and\n'),
  });
  fc.assert(
    fc.property(settings, style, (all, laidOut) => {
      expect(parseInfraFile(write(all, laidOut))).toEqual({ settings: all });
    }),
  );
});

test('no text makes it throw, and what is not understood is told with a line of that text', () => {
  const pieces = fc.constantFrom(
    'provider',
    '=',
    '"local"',
    '[',
    ']',
    '{',
    '}',
    '\n',
    '1',
    ',',
    '\\',
    '"',
    'True',
  );
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces, { maxLength: 40 }).map((all) => all.join(' ')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const read = parseInfraFile(text);
      if ('settings' in read) return;
      const lines = text.split('\n').length;
      expect(read.problems.length).toBeGreaterThan(0);
      for (const { line } of read.problems) {
        expect(line).toBeGreaterThanOrEqual(1);
        expect(line).toBeLessThanOrEqual(lines);
      }
    }),
  );
});

const wrong: readonly (readonly [text: string, line: number])[] = [
  ['', 1],
  ['import os', 1],
  ['provider = "local"\nhook = $(id)', 2],
  ['provider = "local"\nschema Server:\n  name: str', 2],
  ['provider = "local"\nprovider = "aws"', 2],
  ['provider = "nowhere"', 1],
  ['provider = "local"\nserver_configs = [{ name = "../../etc", plan = "small", zone = "local" }]', 2],
  ['provider = "local"\nserver_configs = [\n{ name = "a", plan = "small" }]', 3],
  ['provider = "local"\nserver_configs = "web-01"', 2],
  ['provider = "local"\ntaskservs = ["-oProxyCommand=id"]', 2],
  ['provider = "local"\ntaskservs = ["nginx",\n"nginx"]', 2],
  ['provider = "local"\nclusters = [{name: "main", type: "redis", size: 1.5}]', 2],
  ['provider = "local"\nclusters = [{name: "main", type: "redis", size: 101}]', 2],
  ['provider = "local" taskservs = []', 1],
  [`provider = "local"\ntaskservs = ${'['.repeat(5_000)}`, 2],
  ['__proto__ = "x"\nprovider = "local"', 1],
];

test.each(wrong)('%j is refused for line %i', (text, line) => {
  expect(parseInfraFile(text)).toMatchObject({ problems: [{ line }] });
});

test('all that is wrong is told at once, in the order of the lines', () => {
  const text = 'colour = "red"\nprovider = 1\ntaskservs = ["A B"]';
  const read = parseInfraFile(text);
  expect('problems' in read && read.problems.map(({ line }) => line)).toEqual([1, 2, 3]);
});

test('settings that name far too much are refused with few words', () => {
  const many = (part: string) => Array.from({ length: 10_000 }, () => part);
  for (const text of [
    `provider = "local"\nserver_configs = [${many('{}').join()}]`,
    `provider = "local"\ntaskservs = [${many('1').join()}]`,
    `provider = "local"\n${many('a = 1').join('\n')}`,
  ]) {
    const read = parseInfraFile(text);
    expect('problems' in read && read.problems.length).toSatisfy((count) => count >= 1 && count <= 50);
  }
});
