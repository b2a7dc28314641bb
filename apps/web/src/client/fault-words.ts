/** The kinds of trouble a view can show; each has its own sign and its own way on. */
export type FaultKind =
  | 'signed-out'
  | 'quota'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'refused'
  | 'busy'
  | 'offline'
  | 'broken';

/** What the console says of itself about a kind of trouble. */
export interface FaultWords {
  readonly title: string;
  readonly detail: string;
  /** What helps, as a sentence of its own. */
  readonly advice?: string;
  /** Whether asking again without a change can help. */
  readonly again?: boolean;
}

const words: Readonly<Record<FaultKind, FaultWords>> = {
  'signed-out': {
    title: 'Signed out',
    detail: 'Your session has ended.',
    advice: 'Sign in to go on here. What you typed to start something is kept.',
  },
  quota: {
    title: 'Quota used up',
    detail: 'The workspace has used all runs of this period.',
    advice: 'Nothing was started. Starts are possible again when the next period begins.',
  },
  forbidden: {
    title: 'Not allowed',
    detail: 'Your role does not hold what this needs.',
    advice: 'Nothing was changed. A manager of this workspace can give you a role that holds it.',
  },
  'not-found': { title: 'Not found', detail: 'There is no such thing, or none you may see.' },
  conflict: {
    title: 'Not possible now',
    detail: 'The present state does not admit this.',
    advice: 'Nothing was changed. Look again: things may have moved on meanwhile.',
  },
  refused: { title: 'Not accepted', detail: 'The server did not accept this.' },
  busy: { title: 'Busy', detail: 'The server asks for a moment.', again: true },
  offline: {
    title: 'No connection',
    detail: 'The server cannot be reached. This page tries again by itself.',
    advice: 'What you typed stays where it is.',
    again: true,
  },
  broken: {
    title: 'Something broke',
    detail: 'The server could not answer.',
    advice: 'Try again. If it stays so, quote the request id to whoever looks after the server.',
    again: true,
  },
};

const byStatus: Readonly<Record<number, FaultKind>> = {
  401: 'signed-out',
  402: 'quota',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  422: 'conflict',
  429: 'busy',
  503: 'busy',
};

/** The kind behind an HTTP status and the code of its problem; status 0 is no answer at all. */
export function kindOf(status: number, code = ''): FaultKind {
  // What somebody typed to prove who they are was refused; nobody is signed out by that.
  if (status === 401 && code !== '' && code !== 'unauthenticated') return 'refused';
  if (status < 400) return 'offline';
  return byStatus[status] ?? (status < 500 ? 'refused' : 'broken');
}

export function wordsOf(kind: FaultKind): FaultWords {
  return words[kind];
}
