import { requestIdOf } from '../client/request-id.ts';
import { Id } from './id.tsx';

/** The id of a request, to quote to whoever looks after the server. */
export function RequestId({ id }: { id: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      Request <Id id={id} label="Copy request id" most={20} />
    </span>
  );
}

/** Under which id the server keeps what was just done. */
export function AnsweredAs({ answer }: { answer: object }) {
  const id = requestIdOf(answer);
  if (id === null) return null;
  return (
    <p className="text-sm text-faint">
      <RequestId id={id} />
    </p>
  );
}
