/** A part of a page that is made from code; the rest of the page is written by people. */
export interface GeneratedBlock {
  readonly page: string;
  readonly name: string;
  /** Makes the text between the markers. */
  readonly render: () => string;
  /** The command that writes it. */
  readonly command: string;
}

const start = (name: string): string => `<!-- generated: ${name} -->`;
const end = '<!-- end of generated part -->';

/**
 * The page with the block replaced.
 * @throws Error when the page has no markers for it
 */
export function withBlock(text: string, block: GeneratedBlock): string {
  const from = text.indexOf(start(block.name));
  const to = text.indexOf(end, from);
  if (from < 0 || to < 0) {
    throw new Error(`${block.page} has no "${start(block.name)}" … "${end}" to write into.`);
  }
  const head = text.slice(0, from + start(block.name).length);
  return `${head}\n\n${block.render().trim()}\n\n${text.slice(to)}`;
}
