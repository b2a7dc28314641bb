import { StepsPanel } from './steps-panel.tsx';
import type { TabProps } from './tab-props.ts';

/** Where the time of a run went. */
export function TimelineTab({ run }: TabProps) {
  return <StepsPanel run={run} />;
}
