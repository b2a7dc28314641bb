import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GeneratedBlock, withBlock } from './generated-block.ts';

/** Writes the blocks into their pages, or prints them when `write` is false. */
export function writeBlocks(
  blocks: readonly GeneratedBlock[],
  to: { readonly root: string; readonly write: boolean },
): void {
  for (const block of blocks) {
    if (!to.write) {
      process.stdout.write(`${block.render()}\n\n`);
      continue;
    }
    const file = join(to.root, block.page);
    writeFileSync(file, withBlock(readFileSync(file, 'utf8'), block));
  }
}
