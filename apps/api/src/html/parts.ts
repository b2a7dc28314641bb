import { escaped } from '../openapi/html.ts';

/** A fact of an answer; `html` is trusted. */
export interface Fact {
  readonly name: string;
  readonly html: string;
}

/** Something one can do, and where. */
export interface Step {
  readonly label: string;
  readonly href?: string | null | undefined;
  readonly description?: string | null | undefined;
}

/** The parts of an answer on a card, with the name of the product above it. */
export function card(...parts: readonly string[]): string {
  return `<p class="brand">Signalbox</p><div class="card">${parts.join('')}</div>`;
}

/** The word an answer comes to, with a sign of its own, so that colour is never alone. */
export function plate(kind: string, word: string): string {
  const sign = signs[kind] ?? '';
  const svg = `<svg viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" aria-hidden="true">${sign}</svg>`;
  return `<p class="plate ${escaped(kind)}">${svg}${escaped(word)}</p>`;
}

export function facts(list: readonly Fact[]): string {
  if (list.length === 0) return '';
  return `<dl>${list.map(({ name, html }) => `<dt>${escaped(name)}</dt><dd>${html}</dd>`).join('')}</dl>`;
}

/** A link, or plain text where there is no page to lead to. */
export function linked(href: string | null | undefined, label: string): string {
  return href ? `<a href="${escaped(href)}">${escaped(label)}</a>` : escaped(label);
}

/** A headed list of steps; a step that leads nowhere is plain text. */
export function steps(heading: string, list: readonly Step[]): string {
  if (list.length === 0) return '';
  const entries = list.map(({ label, href, description }) => {
    return `<li>${linked(href, label)}${description ? `<br><span class="dim">${escaped(description)}</span>` : ''}</li>`;
  });
  return `<h2>${escaped(heading)}</h2><ul>${entries.join('')}</ul>`;
}

const post = '<path d="M5 2v12M3 14h4"/>';
const level = '<path stroke-width="2.6" d="M5 4.5h7.5"/>';

/** A semaphore, as in the console: the raised arm lets through, the level one holds. */
const signs: Readonly<Record<string, string>> = {
  accepted: `${post}<path stroke-width="2.6" d="M5 6.5 12.5 2.6"/>`,
  deduped:
    '<path d="M3 3v3.2C3 9 5 10 8 10s5 1 5 4"/><path d="M13 3v3.2C13 9 11 10 8 10s-5 1-5 4" opacity=".55"/><circle cx="8" cy="10" r="2" fill="currentColor"/>',
  scope_busy: `${post}${level}<rect x="8" y="9" width="6" height="4" rx="1" fill="currentColor"/>`,
  blocked: `${post}${level}<path d="m9 9 4 4m0-4-4 4"/>`,
  stop: '<circle cx="8" cy="8" r="6"/><path d="M8 4.8v3.8M8 11v.1"/>',
  idle: '<circle cx="8" cy="8" r="6"/>',
};
