import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Download, Filter, Lock, ScrollText, ShieldCheck } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useCan } from '../access/session.ts';
import { trpc } from '../client/api.ts';
import { serverNow } from '../clock/server-clock.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { CopyAs } from '../ui/copy-as.tsx';
import { FaultLine, FaultView } from '../ui/fault-view.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { Time } from '../ui/time.tsx';
import { exportAudit } from './audit-export.ts';
import { AuditFilter } from './audit-filter.tsx';
import { auditInput, isNarrowed } from './audit-input.ts';
import { AuditRow, auditColumns } from './audit-row.tsx';
import type { AuditSearch } from './audit-search.ts';
import { Verdict, verifyWhole } from './audit-verdict.tsx';

const route = getRouteApi('/w/$ws/audit');

function Empty({
  search,
  lookedBackTo,
  ws,
}: {
  search: AuditSearch;
  lookedBackTo: string | null;
  ws: string;
}) {
  if (lookedBackTo !== null) {
    return (
      <Notice icon={<Filter size={26} aria-hidden="true" />} title="Nothing so far">
        No entry since <Time at={lookedBackTo} /> matches. Look further back below.
      </Notice>
    );
  }
  if (isNarrowed(search)) {
    return (
      <Notice
        icon={<Filter size={26} aria-hidden="true" />}
        title="No entry matches"
        actions={
          <Link to="/w/$ws/audit" params={{ ws }} className={buttonClass('plain')}>
            Clear the filter
          </Link>
        }
      >
        Nobody did that, as far as you may know.
      </Notice>
    );
  }
  return (
    <Notice icon={<ScrollText size={26} aria-hidden="true" />} title="Nothing is recorded">
      Who did what is kept here from the first deed on.
    </Notice>
  );
}

function Pages({
  search,
  next,
  full,
  ws,
}: {
  search: AuditSearch;
  next: string | null;
  full: boolean;
  ws: string;
}) {
  if (search.cursor === undefined && next === null) return null;
  const to = { to: '/w/$ws/audit', params: { ws }, className: buttonClass() } as const;
  return (
    <nav aria-label="Pages" className="flex justify-end gap-2">
      {search.cursor !== undefined && (
        <Link {...to} search={{ ...search, entry: undefined, cursor: undefined }}>
          Newest
        </Link>
      )}
      {next !== null && (
        <Link {...to} search={{ ...search, entry: undefined, cursor: next }}>
          {full ? 'Older' : 'Look further back'}
        </Link>
      )}
    </nav>
  );
}

function Log() {
  const search = route.useSearch();
  const { ws } = route.useParams();
  const navigate = route.useNavigate();
  const { entry: open, ...asked } = search;
  const key = JSON.stringify(asked);
  // Counted once per filter, so that opening an entry does not ask again.
  const input = useMemo(() => auditInput(JSON.parse(key) as AuditSearch, serverNow()), [key]);
  const query = useQuery(trpc.audit.list.queryOptions(input, { placeholderData: keepPreviousData }));
  const rows = query.data?.items ?? [];
  const next = query.data?.nextCursor ?? null;
  const toggle = (id: string) =>
    void navigate({ search: (old) => ({ ...old, entry: old.entry === id ? undefined : id }), replace: true });
  return (
    <>
      <AuditFilter search={search} />
      <div className={`panel overflow-hidden ${query.isPlaceholderData ? 'opacity-60' : ''}`}>
        {query.isPending ? (
          <SkeletonRows rows={8} />
        ) : query.isError && query.data === undefined ? (
          <FaultView error={query.error} onRetry={() => void query.refetch()} />
        ) : rows.length === 0 ? (
          <Empty search={search} lookedBackTo={query.data?.lookedBackTo ?? null} ws={ws} />
        ) : (
          <>
            <div
              aria-hidden="true"
              className={`eyebrow hidden gap-x-5 border-b border-line px-4 py-2 md:grid ${auditColumns}`}
            >
              <span>Time</span>
              <span>Who did what</span>
              <span>About</span>
            </div>
            <ol aria-label="Audit entries" className="divide-y divide-line">
              {rows.map((entry) => (
                <AuditRow
                  key={entry.id}
                  entry={entry}
                  ws={ws}
                  open={open === String(entry.id)}
                  onToggle={() => toggle(String(entry.id))}
                />
              ))}
            </ol>
          </>
        )}
      </div>
      <Pages search={search} next={next} full={rows.length >= input.limit} ws={ws} />
    </>
  );
}

function useVerify() {
  const [sound, setSound] = useState(0);
  const verify = useMutation({
    mutationFn: () => {
      setSound(0);
      return verifyWhole(setSound, new AbortController().signal);
    },
  });
  const label = verify.isPending && sound > 0 ? `${sound.toLocaleString('en')} sound…` : 'Verify';
  return { verify, label };
}

function Readable({ ws }: { ws: string }) {
  const search = route.useSearch();
  const { verify, label } = useVerify();
  const save = useMutation({ mutationFn: () => exportAudit(ws) });
  return (
    <Page
      title="Audit log"
      actions={
        <>
          <CopyAs
            call={() => ({ method: 'GET', path: '/v1/audit', query: auditInput(search, serverNow()) })}
            link
          />
          <Button
            icon={<Download size={15} aria-hidden="true" />}
            pending={save.isPending}
            title="The whole log with its seals, as NDJSON"
            onClick={() => save.mutate()}
          >
            Export
          </Button>
          <Button
            look="primary"
            icon={<ShieldCheck size={15} aria-hidden="true" />}
            pending={verify.isPending}
            title="Compare every entry with what was sealed"
            onClick={() => verify.mutate()}
          >
            {label}
          </Button>
        </>
      }
    >
      {save.isError && <FaultLine error={save.error} onRetry={() => save.mutate()} />}
      {verify.isError && <FaultLine error={verify.error} onRetry={() => verify.mutate()} />}
      {verify.data !== undefined && <Verdict verdict={verify.data} onClose={() => verify.reset()} />}
      <Log />
    </Page>
  );
}

/** Who did what in the workspace: filtered, opened, verified and exported. */
export function AuditPage() {
  const may = useCan('audit.read');
  const { ws } = route.useParams();
  if (may) return <Readable ws={ws} />;
  return (
    <Page title="Audit log">
      <div className="panel">
        <Notice icon={<Lock size={26} aria-hidden="true" />} title="You may not read the audit log">
          Needed: <code className="font-mono text-sm">audit.read</code>. Managers and owners of the workspace
          hold it.
        </Notice>
      </div>
    </Page>
  );
}
