import { expect, it } from 'vitest';
import { mostCharacters, piecesOf, plainText } from './log-pieces.ts';

const textOf = (line: string, wanted?: string) =>
  piecesOf(line, wanted)
    .pieces.map(({ text }) => text)
    .join('');

it('turns colours into classes of our own and drops the codes', () => {
  expect(piecesOf('\u001b[1;31mfailed\u001b[0m plain').pieces).toEqual([
    { text: 'failed', className: 'text-stop font-semibold', mark: null },
    { text: ' plain', className: '', mark: null },
  ]);
});

it.each([
  '<img src=x onerror=alert(1)>',
  '</div><script>x</script>',
  '&lt;b&gt; {{x}} $y',
  'constructor __proto__',
])('leaves %j the text it is', (line) => {
  expect(textOf(line)).toBe(line);
});

it.each([
  ['\u001b]0;title\u0007text', 'text'],
  ['\u001b]8;;http://evil\u001b\\link\u001b]8;;\u001b\\', 'link'],
  ['\u001b[2J\u001b[Hcleared', 'cleared'],
  ['\u001b[8mhidden\u001b[0m', 'hidden'],
  ['a\u0000b\u0008c\u007f\u009b', 'a␀b␈c␡�'],
  ['a\u202eb\u200bc', 'a⟨U+202E⟩b⟨U+200B⟩c'],
  ['line\r', 'line'],
  ['progress 1\rprogress 2', 'progress 1␍progress 2'],
  ['tab\tstays', 'tab\tstays'],
])('shows %j as %j, and does none of what it asks', (line, shown) => {
  expect(textOf(line)).toBe(shown);
  expect(plainText(line)).toBe(shown);
});

it('takes no colour that our palette lacks', () => {
  expect(piecesOf('\u001b[38;2;1;2;3mx\u001b[38;5;200my').pieces.map(({ className }) => className)).toEqual([
    '',
    '',
  ]);
});

it('marks each match without regard to case, through changes of colour', () => {
  const { pieces } = piecesOf('Error: \u001b[31merr\u001b[0mOR.', 'error');
  expect(pieces.filter(({ mark }) => mark === 'match').map(({ text }) => text)).toEqual([
    'Error',
    'err',
    'OR',
  ]);
});

it('marks what was taken out as a secret', () => {
  const { pieces } = piecesOf('token=[redacted] key=[redacted: clientSecret]');
  expect(pieces.filter(({ mark }) => mark === 'redacted').map(({ text }) => text)).toEqual([
    '[redacted]',
    '[redacted: clientSecret]',
  ]);
});

it('cuts a very long line and says by how much', () => {
  const { pieces, cut } = piecesOf('x'.repeat(mostCharacters * 4));
  expect(pieces.map(({ text }) => text).join('')).toHaveLength(mostCharacters);
  expect(cut).toBe(mostCharacters * 3);
});
