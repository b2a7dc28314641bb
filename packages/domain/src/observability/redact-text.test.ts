import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knownSecrets, noSecrets } from './known-secrets.ts';
import { redactPart, redactText } from './redact-text.ts';

const jwt = 'eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl_-x';
const apiKey = 'sbx_0123456789A_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVW';
const pem = '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIHdvcmRz\n-----END PRIVATE KEY-----';

describe('what is secret by its shape is taken out, and the rest stays', () => {
  it.each([
    [`the token ${jwt} was refused`, 'the token [redacted] was refused'],
    [`got ${jwt}.`, 'got [redacted]'],
    [`key ${apiKey} used`, 'key sbx_0123456789A_[redacted] used'],
    ['sent Bearer abcDEF123456 to it', 'sent Bearer [redacted] to it'],
    ['sent Basic dXNlcjpwYXNz to it', 'sent Basic [redacted] to it'],
    ['Authorization: Digest username="a", response="b"\nnext', 'Authorization: [redacted]\nnext'],
    ['cookie: a=b; sbx_session=c\nnext', 'cookie: [redacted]\nnext'],
    ['password=hunter2 user=bob', 'password=[redacted] user=bob'],
    ['password: hunter2, user: bob', 'password: [redacted], user: bob'],
    ['{"password":"hun\\"ter2","user":"bob"}', '{"password":"[redacted]","user":"bob"}'],
    ['{\\"clientSecret\\":\\"hunter2\\",\\"n\\":1}', '{\\"clientSecret\\":\\"[redacted]\\",\\"n\\":1}'],
    ["passwd='two words' ok", "passwd='[redacted]' ok"],
    ['{"mfa_code":123456,"n":1}', '{"mfa_code":[redacted],"n":1}'],
    ['?client_secret=a%20b&grant=x', '?client_secret=[redacted]&grant=x'],
    ['Server=db;Password=a,b;Database=x', 'Server=db;Password=[redacted];Database=x'],
    ['AccountKey=abc==;Suffix=x', 'AccountKey=[redacted];Suffix=x'],
    [
      'https://a/b?sv=1&SharedAccessSignature=x%3D&se=2',
      'https://a/b?sv=1&SharedAccessSignature=[redacted]&se=2',
    ],
    ['postgres://bob:hunter2@db:5432/x', 'postgres://bob:[redacted]@db:5432/x'],
    ['amqp://bob:hun@ter2@mq', 'amqp://bob:[redacted]@mq'],
    [`key:\n${pem}\nend`, 'key:\n[redacted]\nend'],
    ['open http://h/setup#0123456789abcdefghijABCDEFGHIJ now', 'open http://h/setup#[redacted] now'],
  ])('%s', (text, expected) => {
    expect(redactText(text)).toBe(expected);
    expect(redactText(expected)).toBe(expected);
  });
});

it.each([
  'Basic authentication is off; the bearer asked for a pause.',
  'The policy "Password rules" was captured in 3.2 s.',
  'https://graph.microsoft.com/beta/deviceManagement?$top=100',
  'token=null and {"secret":false}',
  'at run (file:///srv/signalbox/apps/worker/src/main.ts:12:5)',
  '12:30:01 ok',
])('what is no secret stays: %s', (text) => {
  expect(redactText(text)).toBe(text);
});

describe('a known secret', () => {
  it('of several lines is found line by line', () => {
    const known = knownSecrets(['first line\nsecond line']);
    expect(redactText('a second line here', known)).toBe('a [redacted] here');
  });

  it('that is too short to tell from a word is not looked for', () => {
    expect(redactText('the cat sat', knownSecrets(['cat', '']))).toBe('the cat sat');
  });
});

it('a private key whose lines come one by one is taken out until it ends', () => {
  const seen: string[] = [];
  let insideKey = false;
  for (const line of `before\n${pem}\nafter`.split('\n')) {
    const part = redactPart(line, { secrets: noSecrets, insideKey });
    seen.push(part.text);
    insideKey = part.insideKey;
  }
  expect(seen).toEqual(['before', '[redacted]', '[redacted]', '[redacted]', 'after']);
});

const pieces = [
  'password',
  'token',
  'secret',
  '=',
  ':',
  ' ',
  '"',
  "'",
  '\\',
  '\n',
  'eyJ',
  '.',
  '://',
  '@',
  'a',
  '-',
  '_',
  '#',
  'Bearer ',
  'Authorization',
  'cookie',
  'sbx_0123456789A_',
  '-----BEGIN PRIVATE KEY-----',
  'hunter2',
  '[redacted]',
  ']',
  ',',
];

it('never throws, and leaves what it has redacted as it is', () => {
  const text = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 4 })));
  fc.assert(
    fc.property(text, (parts) => {
      const once = redactText(parts.join(''));
      expect(redactText(once)).toBe(once);
    }),
    { numRuns: 2_000 },
  );
});

/**
 * A pattern that looks at places again and again would need minutes here; the test's own time limit ends it. Nothing
 * is asserted about how long the rest takes.
 */
it('takes time in proportion to the text, for a megabyte of anything repeated', () => {
  const size = 1_048_576;
  const known = knownSecrets(['a secret that is known', 'aaaaaaaaab']);
  const units = [
    ...pieces,
    ...pieces.map((piece) => `${piece}\\`),
    'password="',
    'password="\\',
    'token=\'\\"',
    'eyJ-',
    'eyJ.',
    'a:b@',
    '://a:',
    'Basic a',
    'authorization:',
    '-----BEGIN ',
    '-----BEGIN PRIVATE KEY----',
    '%25',
    'secret-secret_',
    'password    ',
  ];
  for (const unit of units) {
    expect(redactText(unit.repeat(Math.ceil(size / unit.length)), known).length).toBeGreaterThan(0);
  }
}, 60_000);
