/** Places at which a test can have the process die, in the order a run meets them. */
export const failpoints = [
  'after_claim',
  'after_intent',
  'after_effect',
  'after_record',
  'before_finish',
  'after_finish',
] as const;
export type Failpoint = (typeof failpoints)[number];

/** Called at a place, with the step where there is one. */
export type PassFailpoint = (point: Failpoint, step?: string) => void;

/**
 * Dies by SIGKILL, without any clean-up, where `point` or `point:step` says so; without it does nothing.
 * @throws Error when the place is unknown
 */
export function createFailpoint(spec: string | undefined): PassFailpoint {
  if (spec === undefined || spec === '') return () => undefined;
  const [point, ...rest] = spec.split(':');
  const step = rest.length === 0 ? undefined : rest.join(':');
  if (!failpoints.some((known) => known === point)) throw new Error(`There is no failpoint ${point}.`);
  return (passed, at) => {
    if (passed === point && (step === undefined || step === at)) process.kill(process.pid, 'SIGKILL');
  };
}
