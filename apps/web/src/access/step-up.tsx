import { lazy, Suspense } from 'react';
import { useFreshCodeQuestion } from './step-up-request.ts';

const StepUpDialog = lazy(async () => ({ default: (await import('./step-up-dialog.tsx')).StepUpDialog }));

/** Stands beside the pages and asks for a fresh code when a deed needs one. */
export function StepUp() {
  const answer = useFreshCodeQuestion();
  return (
    answer && (
      <Suspense>
        <StepUpDialog onAnswer={answer} />
      </Suspense>
    )
  );
}
