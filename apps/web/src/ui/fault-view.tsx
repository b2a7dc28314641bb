import { CircleSlash2, CloudOff, Lock, SearchX, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { type Fault, faultOf } from '../client/problem-model.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';
import { RequestId } from './request-id.tsx';
import { StepLink } from './step-link.tsx';

const icons: Record<Fault['kind'], ReactNode> = {
  'signed-out': <Lock size={26} aria-hidden="true" />,
  forbidden: <Lock size={26} aria-hidden="true" />,
  'not-found': <SearchX size={26} aria-hidden="true" />,
  refused: <CircleSlash2 size={26} aria-hidden="true" />,
  busy: <TriangleAlert size={26} aria-hidden="true" />,
  offline: <CloudOff size={26} aria-hidden="true" />,
  broken: <TriangleAlert size={26} aria-hidden="true" />,
};

/** What the server advises after an error, as links where they lead somewhere. */
function Advice({ fault }: { fault: Fault }) {
  const steps = fault.problem?.nextSteps ?? [];
  if (steps.length === 0) return null;
  return (
    <ul className="mt-2 grid gap-1">
      {steps.map((step) => (
        <li key={step.code}>
          <StepLink href={step.href}>{step.label}</StepLink>
        </li>
      ))}
    </ul>
  );
}

/** A whole view that could not be shown. */
export function FaultView({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const fault = faultOf(error);
  const capability = fault.problem?.capability;
  return (
    <Notice
      role="alert"
      icon={icons[fault.kind]}
      title={fault.title}
      actions={fault.again && onRetry ? <Button onClick={onRetry}>Try again</Button> : undefined}
      footer={fault.problem && <RequestId id={fault.problem.requestId} />}
    >
      {fault.detail}
      {capability && (
        <>
          {' '}
          Needed: <code className="font-mono text-sm">{capability}</code>.
        </>
      )}
      <Advice fault={fault} />
    </Notice>
  );
}

/** One part of a page that could not be shown, or an action that failed; the rest of the page lives on. */
export function FaultLine({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const fault = faultOf(error);
  return (
    <div role="alert" className="grid gap-1 rounded-md border border-stop bg-stop-soft px-3 py-2 text-sm">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <strong className="font-semibold">{fault.title}</strong>
        <span className="min-w-0 flex-1">{fault.detail}</span>
        {fault.again && onRetry && (
          <Button look="quiet" onClick={onRetry}>
            Try again
          </Button>
        )}
      </div>
      {fault.problem?.errors?.map(({ pointer, detail }) => (
        <span key={pointer}>
          <code className="font-mono text-xs">{pointer || '/'}</code> {detail}
        </span>
      ))}
      <Advice fault={fault} />
      {fault.problem && <RequestId id={fault.problem.requestId} />}
    </div>
  );
}
