import { formatClock } from '../clock/format-time.ts';
import { usePreferences } from '../preferences/use-preferences.ts';
import { Page } from '../ui/page.tsx';
import { AttentionPanel } from './attention-panel.tsx';
import { ChangesPanel } from './changes-panel.tsx';
import { FirstStepsPanel } from './first-steps-panel.tsx';
import { NowPanel } from './now-panel.tsx';
import { useLiveOverview, useOverviewPart } from './use-overview.ts';

/** Of which moment the numbers are: they stand still under a pause and without a connection. */
function AsOf() {
  const { data } = useOverviewPart('now');
  const { time } = usePreferences();
  if (data === undefined) return null;
  return (
    <span className="text-sm text-muted">
      As of{' '}
      <time dateTime={data.serverTime} className="tabular-nums">
        {formatClock(Date.parse(data.serverTime), time === 'utc' ? 'utc' : 'local')}
      </time>
    </span>
  );
}

/** What an operator asks first: what needs me, what is going on, what has changed. */
export function OverviewPage() {
  useLiveOverview();
  const { data } = useOverviewPart('firstSteps');
  const steps = data?.firstSteps;
  // Until something was captured, the steps are the page; later they stand aside.
  const fresh = steps?.items.some(({ key, done }) => key === 'capture' && !done) === true;
  return (
    <Page title="Overview" actions={<AsOf />}>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem] lg:grid-rows-[auto_auto_1fr]">
        <AttentionPanel quiet={fresh} />
        {fresh && <FirstStepsPanel />}
        <NowPanel />
        <ChangesPanel quiet={fresh} />
        {!fresh && <FirstStepsPanel />}
      </div>
    </Page>
  );
}
