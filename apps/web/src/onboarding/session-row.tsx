import { onboardingSteps } from '@signalbox/domain/onboarding/session';
import { Link } from '@tanstack/react-router';
import { CircleCheck, CircleDashed, CircleDot, CircleSlash2, Hourglass, type LucideIcon } from 'lucide-react';
import { Time } from '../ui/time.tsx';
import { LockLine } from './lock-line.tsx';
import type { SessionRowView } from './session-view.ts';
import { sessionWord } from './session-words.ts';
import { taskSummary } from './task-model.ts';

const signs: Record<SessionRowView['status'], { Sign: LucideIcon; tone: string }> = {
  draft: { Sign: CircleDashed, tone: 'text-idle' },
  in_progress: { Sign: CircleDot, tone: 'text-accent' },
  completed: { Sign: CircleCheck, tone: 'text-clear' },
  abandoned: { Sign: CircleSlash2, tone: 'text-idle' },
};

/** A session in the list. The whole row leads to the wizard of its tenant. */
export function SessionRow({ session, ws }: { session: SessionRowView; ws: string }) {
  const { tenant, status, step, tasks, assignee, lock, updatedAt, stalled } = session;
  const { Sign, tone } = signs[status];
  const live = status === 'draft' || status === 'in_progress';
  return (
    <li className="relative grid min-h-(--row) items-center gap-x-6 gap-y-1 px-4 py-2.5 hover:bg-hover md:grid-cols-[minmax(0,1.6fr)_8rem_minmax(0,1.4fr)] lg:grid-cols-[minmax(0,1.6fr)_8rem_minmax(0,1.4fr)_minmax(0,1.4fr)_8rem]">
      <div className="min-w-0">
        <Link
          to="/w/$ws/onboarding/$tenantId"
          params={{ ws, tenantId: String(tenant.id) }}
          className="block truncate font-medium after:absolute after:inset-0"
        >
          {tenant.name}
        </Link>
        <span className="block truncate font-mono text-xs text-faint">{tenant.externalId}</span>
      </div>
      <span className={`inline-flex items-center gap-1.5 font-medium whitespace-nowrap ${tone}`}>
        <Sign size={16} aria-hidden="true" />
        {sessionWord(status)}
      </span>
      <div className="grid min-w-0 gap-0.5">
        <span className="truncate">
          {live ? (
            <>
              Step {step} of {onboardingSteps.length}:{' '}
              {onboardingSteps.find((one) => one.step === step)?.label}
            </>
          ) : (
            <span className="text-muted">{taskSummary(tasks)}</span>
          )}
        </span>
        {live && <span className="truncate text-sm text-muted">{taskSummary(tasks)}</span>}
      </div>
      <div className="grid min-w-0 gap-0.5 text-sm">
        <span className="truncate text-muted">
          {assignee === undefined ? 'Assigned to nobody' : `Assigned to ${assignee.username}`}
        </span>
        {live && (
          <span className="truncate text-muted">
            <LockLine lock={lock} />
          </span>
        )}
      </div>
      <div className="grid gap-0.5 text-sm text-muted">
        <Time at={updatedAt} />
        {stalled && (
          <span className="inline-flex items-center gap-1.5 font-medium text-caution">
            <Hourglass size={14} aria-hidden="true" />
            Stalled
          </span>
        )}
      </div>
    </li>
  );
}
