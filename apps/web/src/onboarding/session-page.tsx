import { getRouteApi, Link } from '@tanstack/react-router';
import { History, Trash2 } from 'lucide-react';
import { type ComponentType, useState } from 'react';
import { useShortcut } from '../keyboard/use-shortcut.ts';
import { ActionButton } from '../run/action-button.tsx';
import { Button } from '../ui/button.tsx';
import { CopyAs } from '../ui/copy-as.tsx';
import { FaultView } from '../ui/fault-view.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonBlock } from '../ui/skeleton.tsx';
import { Abandon } from './abandon.tsx';
import { BootstrapStep } from './bootstrap-step.tsx';
import { Completion } from './completion.tsx';
import { ConnectionStep } from './connection-step.tsx';
import { ConsentStep } from './consent-step.tsx';
import { EvidenceDrawer } from './evidence-drawer.tsx';
import type { EvidenceChoice } from './evidence-query.ts';
import { IdentifyStep } from './identify-step.tsx';
import { LockNotices } from './lock-notices.tsx';
import { useSession } from './session-query.ts';
import type { SessionView } from './session-view.ts';
import { shownStep } from './step-model.ts';
import { StepRail } from './step-rail.tsx';
import { useWizard, type Wizard } from './use-wizard.ts';
import { VerifyStep } from './verify-step.tsx';
import { WizardHeader } from './wizard-header.tsx';

const route = getRouteApi('/w/$ws/onboarding/$tenantId');

const steps: Readonly<Record<number, ComponentType<{ wizard: Wizard; ws: string }>>> = {
  1: IdentifyStep,
  2: ConnectionStep,
  3: ConsentStep,
  4: VerifyStep,
  5: BootstrapStep,
};

interface SessionPageProps {
  id: number;
  tenantId: number;
  ws: string;
}

/** One session, live or ended. */
export function SessionPage({ id, tenantId, ws }: SessionPageProps) {
  const query = useSession(id, tenantId);
  if (query.data !== undefined) return <Opened session={query.data} ws={ws} />;
  if (query.isError) return <FaultView error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Page title="Onboarding">
      <SkeletonBlock className="h-96" />
    </Page>
  );
}

function Opened({ session, ws }: { session: SessionView; ws: string }) {
  const wizard = useWizard(session);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [abandoning, setAbandoning] = useState(false);
  const { tenant } = session;
  const live = session.status === 'draft' || session.status === 'in_progress';
  const shown = shownStep(search.step, session.step);
  const abandon = session.actions.find(({ action }) => action === 'abandon');
  const Step = steps[shown] ?? IdentifyStep;
  const showEvidence = (evidence: EvidenceChoice | undefined) =>
    void navigate({ search: (old) => ({ ...old, evidence }), replace: true, resetScroll: false });
  useShortcut({ keys: 'e', label: 'Show or hide the evidence', group: 'Onboarding' }, () =>
    showEvidence(search.evidence === undefined ? 'all' : undefined),
  );
  return (
    <Page
      title={`Onboarding of ${tenant.name}`}
      trail={
        <Link to="/w/$ws/onboarding" params={{ ws }} className="link">
          Onboarding
        </Link>
      }
      actions={
        <>
          <CopyAs call={() => ({ method: 'GET', path: `/v1/onboarding-sessions/${session.id}` })} link />
          <Button
            icon={<History size={15} aria-hidden="true" />}
            aria-pressed={search.evidence !== undefined}
            className="aria-pressed:border-accent aria-pressed:bg-accent-soft"
            onClick={() => showEvidence(search.evidence === undefined ? 'all' : undefined)}
          >
            Evidence
          </Button>
          {live && (
            <ActionButton
              look="quiet"
              icon={<Trash2 size={15} aria-hidden="true" />}
              refused={abandon?.refused ?? null}
              onClick={() => setAbandoning(true)}
            >
              Abandon
            </ActionButton>
          )}
        </>
      }
    >
      <div
        className={`grid items-start gap-4 ${search.evidence === undefined ? '' : 'xl:grid-cols-[minmax(0,1fr)_24rem]'}`}
      >
        {/* Whoever points, moves the focus or types here is at work, and keeps the lock. */}
        <div
          className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4"
          onPointerDownCapture={wizard.touch}
          onFocusCapture={wizard.touch}
        >
          {live ? (
            <>
              <WizardHeader wizard={wizard} />
              <LockNotices wizard={wizard} />
              <div className="grid min-w-0 items-start gap-4 lg:grid-cols-[15rem_minmax(0,1fr)]">
                <StepRail session={session} shown={shown} />
                <Step key={shown} wizard={wizard} ws={ws} />
              </div>
            </>
          ) : (
            <Completion session={session} ws={ws} />
          )}
        </div>
        {search.evidence !== undefined && (
          <EvidenceDrawer
            ws={ws}
            tenantId={tenant.id}
            chosen={search.evidence}
            onChoose={showEvidence}
            onClose={() => showEvidence(undefined)}
          />
        )}
      </div>
      {abandoning && <Abandon wizard={wizard} onClose={() => setAbandoning(false)} />}
    </Page>
  );
}
