import { Notice } from '../ui/notice.tsx';

/** Who did what to this run. */
export function AuditTab() {
  return <Notice title="Audit">The audit entries of a run are not shown here yet.</Notice>;
}
