import type { Violation } from '../violation.ts';
import { type GeneratedBlock, withBlock } from './generated-block.ts';

/** Generated parts of pages that no longer say what the code says. */
export function checkGenerated(
  blocks: readonly GeneratedBlock[],
  read: (page: string) => string | null,
): Violation[] {
  return blocks.flatMap((block) => {
    const text = read(block.page);
    const stale = {
      path: block.page,
      line: null,
      message: `is out of date (${block.name}); run ${block.command}.`,
    };
    if (text === null)
      return [{ ...stale, message: `is missing; it holds the generated part "${block.name}".` }];
    try {
      return withBlock(text, block) === text ? [] : [stale];
    } catch (error) {
      return [{ ...stale, message: error instanceof Error ? error.message : String(error) }];
    }
  });
}
