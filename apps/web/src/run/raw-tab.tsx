import { ScrollBox } from '../ui/scroll-box.tsx';
import type { TabProps } from './tab-props.ts';

/** The run as the API gives it. */
export function RawTab({ run }: TabProps) {
  return (
    <ScrollBox aria-label="The run as JSON" className="overflow-auto p-4 font-mono text-xs whitespace-pre">
      {JSON.stringify(run, null, 2)}
    </ScrollBox>
  );
}
