import { Link } from '@tanstack/react-router';
import { Button, buttonClass } from '../ui/button.tsx';
import { StepLink } from '../ui/step-link.tsx';
import type { RunDeeds } from './run-deeds.ts';
import type { CardStep } from './what-next-model.ts';

interface CardStepProps {
  step: CardStep;
  deeds: RunDeeds;
  /** The main one is a button, whatever it does; the others are links where they can be. */
  main: boolean;
}

/** One way on from a run. */
export function CardStepView({ step, deeds, main }: CardStepProps) {
  switch (step.kind) {
    case 'advice':
      return <span className="text-muted">{step.label}</span>;
    case 'go':
      return (
        <StepLink href={step.href} className={main ? buttonClass('primary') : 'link'}>
          {step.label}
        </StepLink>
      );
    case 'part':
      return (
        <Link
          to="."
          search={(old) => ({ ...old, outcome: undefined, ...step.search })}
          replace
          className={main ? buttonClass('primary') : 'link'}
        >
          {step.label}
        </Link>
      );
    case 'retry':
      return (
        <Button
          look={main ? 'primary' : 'plain'}
          refused={deeds.refusalOf('retry_failed_items')}
          pending={deeds.retry.isPending}
          onClick={() => deeds.retry.mutate()}
        >
          {step.label}
        </Button>
      );
    case 'cancel':
    case 'force_cancel':
      return (
        <Button
          look={step.kind === 'cancel' ? 'plain' : 'danger'}
          refused={deeds.refusalOf(step.kind)}
          onClick={() => deeds.ask(step.kind === 'cancel' ? 'cancel' : 'force_cancel')}
        >
          {step.label}
        </Button>
      );
  }
}
