import { useQuery } from '@tanstack/react-query';
import { FaultView } from '../ui/fault-view.tsx';
import { ScrollBox } from '../ui/scroll-box.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import type { LogFilter } from './log-model.ts';
import { plainText } from './log-pieces.ts';
import { readLines, searchInput } from './log-query.ts';

/** The most lines one text holds; beyond that there is the download. */
const mostPlainLines = 20_000;

interface LogPlainProps {
  runId: number;
  filter: LogFilter;
}

/** The log as one text that a screen reader can walk through, and a search of the browser finds all of. */
export function LogPlain({ runId, filter }: LogPlainProps) {
  const query = useQuery({
    queryKey: ['run-log-plain', runId, searchInput(filter)],
    queryFn: async () => {
      const lines: string[] = [];
      for await (const page of readLines(runId, filter)) {
        lines.push(...page.items.map(({ line, text }) => `${line} ${plainText(text)}`));
        if (lines.length >= mostPlainLines && page.nextLine !== null) return { lines, whole: false };
      }
      return { lines, whole: true };
    },
    gcTime: 0,
  });
  if (query.isPending) return <SkeletonRows rows={8} />;
  if (query.isError) return <FaultView error={query.error} onRetry={() => void query.refetch()} />;
  const { lines, whole } = query.data;
  return (
    <>
      <p className="border-b border-line px-4 py-1.5 text-sm text-muted">
        {whole
          ? `${lines.length.toLocaleString('en')} lines, as they were when this was opened.`
          : `The first ${lines.length.toLocaleString('en')} lines. The download has all of them.`}
      </p>
      <ScrollBox
        aria-label="Log as plain text"
        className="max-h-[max(20rem,calc(100dvh-18rem))] rounded-b-lg overflow-auto bg-sunken p-4"
      >
        <pre className="font-mono text-xs leading-6 whitespace-pre-wrap">{lines.join('\n')}</pre>
      </ScrollBox>
    </>
  );
}
