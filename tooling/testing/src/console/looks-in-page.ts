import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const script = fileURLToPath(new URL('./in-page.js', import.meta.url));

/** Texts of WCAG 1.4.12: what a reader may set, and no text may be lost by it. */
const wideTextSpacing = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important } p { margin-bottom: 2em !important }`;

/** Looks that the page itself takes; each answers what is wrong, none is the good answer. */
export interface PageLooks {
  sideways(): Promise<string[]>;
  cutTexts(): Promise<string[]>;
  focusFaults(): Promise<string[]>;
  motion(): Promise<string[]>;
  /** Where the focus is; null on the page itself. */
  focusPlace(): Promise<string | null>;
}

/** Makes the looks available from the page's next document on. */
export async function lookInside(page: Page): Promise<PageLooks> {
  await page.addInitScript({ path: script });
  const ask = <T>(name: string) => page.evaluate<T>(`signalboxLooks.${name}()`);
  return {
    sideways: () => ask('sideways'),
    cutTexts: () => ask('cutTexts'),
    focusFaults: () => ask('focusFaults'),
    motion: () => ask('motion'),
    focusPlace: () => ask('focusPlace'),
  };
}

/** Lets a reader's wide text spacing stand while something is looked at. */
export async function wideTexts(page: Page, look: () => Promise<void>): Promise<void> {
  // Not a style of the page, which its policy would refuse, but one of the reader.
  await page.evaluate(`{
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(${JSON.stringify(wideTextSpacing)});
    document.adoptedStyleSheets = [sheet];
  }`);
  await look();
  await page.evaluate('document.adoptedStyleSheets = []');
}

/** Leads the focus back in front of the page and the page back to its top. */
export async function fromTheTop(page: Page): Promise<void> {
  await page.evaluate(`{
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
    document.body.blur();
    scrollTo(0, 0);
  }`);
}

/** Walks over the page with Tab until it comes around, at most `steps` far, and answers each focus that hides. */
export async function walkByTab(page: Page, looks: PageLooks, steps: number): Promise<string[]> {
  const found: string[] = [];
  const visited = new Set<string>();
  for (let step = 0; step < steps; step += 1) {
    await page.keyboard.press('Tab');
    const place = await looks.focusPlace();
    if (place === null || visited.has(place)) break;
    visited.add(place);
    found.push(...(await looks.focusFaults()));
  }
  if (visited.size === 0) found.push('Tab leads nowhere');
  return found;
}
