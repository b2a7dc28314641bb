import { useQueries } from '@tanstack/react-query';
import { blocksFor, type LogLine, type LogTail } from './log-model.ts';
import { blockQuery } from './log-query.ts';

/** Gives lines by their number: from the tail, else from blocks that are read as they come into sight. */
export function useLogLines(id: number, tail: LogTail, seen: { from: number; to: number }) {
  const blocks = blocksFor(tail, seen.from, seen.to);
  const answers = useQueries({ queries: blocks.map((block) => blockQuery(id, block)) });
  const first = tail.lines[0]?.number ?? tail.lastLine + 1;
  return {
    lineAt: (number: number): LogLine | undefined => {
      if (number >= first) return tail.lines[number - first];
      const at = blocks.findIndex(({ from, to }) => number >= from && number <= to);
      const lines = answers[at]?.data;
      return lines?.[number - (blocks[at]?.from ?? 0)] ?? lines?.find((line) => line.number === number);
    },
    error: answers.find(({ error }) => error !== null)?.error ?? null,
    again: () => {
      for (const answer of answers) if (answer.isError) void answer.refetch();
    },
  };
}
