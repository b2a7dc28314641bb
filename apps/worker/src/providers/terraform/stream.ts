import { memberOf } from '../http/safe-code.ts';

/** What terraform says of one server. */
export interface ServerEvent {
  readonly type: 'planned' | 'start' | 'progress' | 'complete' | 'errored';
  readonly name: string;
  /** `create`, `delete`; what else terraform may do is not asked for. */
  readonly action: string;
  readonly externalId: string | null;
}

export interface Diagnostic {
  readonly type: 'diagnostic';
  readonly severity: 'error' | 'warning';
  readonly summary: string;
  readonly detail: string;
}

/** What terraform says while it works, as far as anybody here acts on it. */
export type StreamEvent =
  | { readonly type: 'version'; readonly program: string; readonly version: string }
  | { readonly type: 'summary'; readonly text: string }
  | ServerEvent
  | Diagnostic;

/** Terraform calls targets out of the ordinary; here they are the rule. */
const expected = new Set(['Resource targeting is in effect', 'Applied changes may be incomplete']);

/** One line of a `-json` stream; null where it says nothing to us, or is no line of the stream at all. */
export function readEvent(text: string): StreamEvent | null {
  const line = parsed(text);
  switch (memberOf(line, 'type')) {
    case 'version': {
      const tofu = textOf(memberOf(line, 'tofu'));
      const version = tofu === '' ? textOf(memberOf(line, 'terraform')) : tofu;
      return { type: 'version', program: tofu === '' ? 'Terraform' : 'OpenTofu', version };
    }
    case 'planned_change':
      return ofServer('planned', memberOf(line, 'change'));
    case 'apply_start':
      return ofServer('start', memberOf(line, 'hook'));
    case 'apply_progress':
      return ofServer('progress', memberOf(line, 'hook'));
    case 'apply_complete':
      return ofServer('complete', memberOf(line, 'hook'));
    case 'apply_errored':
      return ofServer('errored', memberOf(line, 'hook'));
    case 'change_summary':
      return { type: 'summary', text: textOf(memberOf(line, '@message')) };
    case 'diagnostic':
      return ofDiagnostic(memberOf(line, 'diagnostic'));
    default:
      return null;
  }
}

function ofServer(type: ServerEvent['type'], of: unknown): ServerEvent | null {
  const resource = memberOf(of, 'resource');
  const name = memberOf(resource, 'resource_key');
  const ours =
    memberOf(resource, 'resource_type') === 'terraform_data' &&
    memberOf(resource, 'resource_name') === 'server';
  if (!ours || typeof name !== 'string') return null;
  const id = textOf(memberOf(of, 'id_value'));
  return { type, name, action: textOf(memberOf(of, 'action')), externalId: id === '' ? null : id };
}

function ofDiagnostic(said: unknown): Diagnostic | null {
  const summary = textOf(memberOf(said, 'summary'));
  if (summary === '' || expected.has(summary)) return null;
  const severity = memberOf(said, 'severity') === 'error' ? 'error' : 'warning';
  return { type: 'diagnostic', severity, summary, detail: textOf(memberOf(said, 'detail')) };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
