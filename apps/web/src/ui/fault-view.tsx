import {
  CircleSlash2,
  CloudOff,
  Gauge,
  GitCompareArrows,
  Hourglass,
  Lock,
  LogIn,
  type LucideIcon,
  SearchX,
  TriangleAlert,
} from 'lucide-react';
import type { FaultKind } from '../client/fault-words.ts';
import { faultOf } from '../client/problem-model.ts';
import { FaultAdvice, FaultFacts, FaultPrint, FaultWayOn, hasWayOn } from './fault-parts.tsx';
import { Notice } from './notice.tsx';

const icons: Readonly<Record<FaultKind, LucideIcon>> = {
  'signed-out': LogIn,
  quota: Gauge,
  forbidden: Lock,
  'not-found': SearchX,
  conflict: GitCompareArrows,
  refused: CircleSlash2,
  busy: Hourglass,
  offline: CloudOff,
  broken: TriangleAlert,
};

interface FaultViewProps {
  error: unknown;
  onRetry?: () => void;
}

/** A whole view that could not be shown. */
export function FaultView({ error, onRetry }: FaultViewProps) {
  const fault = faultOf(error);
  const Icon = icons[fault.kind];
  return (
    <Notice
      role="alert"
      icon={<Icon size={26} aria-hidden="true" />}
      title={fault.title}
      actions={hasWayOn(fault, onRetry) && <FaultWayOn fault={fault} onRetry={onRetry} />}
      footer={<FaultPrint fault={fault} />}
    >
      <div className="grid justify-items-center gap-2">
        <p>{fault.detail}</p>
        <FaultFacts fault={fault} />
        <FaultAdvice fault={fault} />
      </div>
    </Notice>
  );
}

/** One part of a page that could not be shown, or an action that failed; the rest of the page lives on. */
export function FaultLine({ error, onRetry }: FaultViewProps) {
  const fault = faultOf(error);
  const Icon = icons[fault.kind];
  return (
    <div
      role="alert"
      className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2.5 rounded-md border border-stop bg-stop-soft px-3 py-2 text-sm"
    >
      <Icon size={16} aria-hidden="true" className="mt-0.5 text-stop" />
      <div className="grid min-w-0 gap-1">
        <p>
          <strong className="font-semibold">{fault.title}.</strong> {fault.detail}
        </p>
        <FaultFacts fault={fault} />
        <FaultAdvice fault={fault} />
        {hasWayOn(fault, onRetry) && (
          <div>
            <FaultWayOn fault={fault} onRetry={onRetry} />
          </div>
        )}
        <FaultPrint fault={fault} />
      </div>
    </div>
  );
}
