import type { ConnectionDetail } from '@signalbox/contracts/connection/connection';
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, buttonClass } from '../ui/button.tsx';
import { StepLink } from '../ui/step-link.tsx';
import { TermLink } from '../ui/term-link.tsx';
import { Section } from './section.tsx';
import { ThrottleLeft } from './throttle-left.tsx';
import type { ConnectionDeeds } from './use-connection-deeds.ts';

type Fault = ConnectionDetail['faults'][number];
type Severity = Fault['reason']['severity'];

const signs: Record<Severity, { tone: string; icon: ReactNode; word: string }> = {
  error: { tone: 'text-stop', icon: <CircleAlert size={18} aria-hidden="true" />, word: 'Error' },
  warning: { tone: 'text-caution', icon: <TriangleAlert size={18} aria-hidden="true" />, word: 'Warning' },
  info: { tone: 'text-lunar', icon: <Info size={18} aria-hidden="true" />, word: 'Note' },
};

interface StepProps {
  step: Fault['nextSteps'][number];
  /** The first step is what helps most. */
  main: boolean;
  connection: ConnectionDetail;
  deeds: ConnectionDeeds;
}

function Step({ step: { code, label, href }, main, connection, deeds }: StepProps) {
  if (code === 'check_connection') {
    return (
      <Button look={main ? 'primary' : 'plain'} pending={deeds.check.isPending} onClick={deeds.checkNow}>
        {label}
      </Button>
    );
  }
  if (code === 'grant_consent') {
    return (
      <Button
        look={main ? 'primary' : 'plain'}
        pending={deeds.isLeaving}
        onClick={() => deeds.grant.mutate()}
      >
        {label}
      </Button>
    );
  }
  if (href !== undefined) {
    return (
      <StepLink href={href} className={buttonClass(main ? 'primary' : 'plain')}>
        {label}
      </StepLink>
    );
  }
  const { members } = connection.mendedBy;
  return (
    <span className="text-sm text-muted">
      {label}
      {code === 'ask_manager' && members.length > 0 && `: ${members.join(', ')}`}
      {/[.!?]$/.test(label) ? '' : '.'}
    </span>
  );
}

/** Everything that is wrong with a connection, what stops all work first, each with what mends it. */
export function WhatToFix({ connection, deeds }: { connection: ConnectionDetail; deeds: ConnectionDeeds }) {
  const { faults, mendedBy } = connection;
  if (faults.length === 0) {
    return (
      <p className="panel flex items-center gap-2.5 px-4 py-3">
        <CircleCheck size={18} className="shrink-0 text-clear" aria-hidden="true" />
        Nothing to fix: credential, consent and permissions are as they should be.
      </p>
    );
  }
  return (
    <Section id="fix" title="What to fix">
      <ol className="divide-y divide-line">
        {faults.map(({ reason, nextSteps, until }, at) => {
          const { tone, icon, word } = signs[reason.severity];
          // Whoever can mend it need not be told whom to ask.
          const steps = nextSteps.filter(({ code }) => code !== 'ask_manager' || !mendedBy.allowed);
          return (
            <li
              key={reason.code}
              className="grid grid-cols-[1.25rem_minmax(0,1fr)] items-start gap-x-3 gap-y-2.5 px-4 py-3"
            >
              <span className={`mt-0.5 ${tone}`}>
                {icon}
                <span className="sr-only">{word}</span>
              </span>
              <div className="min-w-0">
                <p className="font-medium">
                  <TermLink term={`reason-${reason.code}`}>{reason.label}</TermLink>
                </p>
                <p className="text-muted">{reason.text}</p>
                {until !== undefined && <ThrottleLeft until={until} />}
              </div>
              {steps.length > 0 && (
                <ul className="col-start-2 flex flex-wrap items-center gap-x-3 gap-y-2">
                  {steps.map((step, place) => (
                    <li key={step.code}>
                      <Step
                        step={step}
                        main={at === 0 && place === 0}
                        connection={connection}
                        deeds={deeds}
                      />
                    </li>
                  ))}
                </ul>
              )}
            </li>
          );
        })}
      </ol>
    </Section>
  );
}
