import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowRight, CircleCheck, Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, buttonClass } from '../ui/button.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { Duration, Time } from '../ui/time.tsx';
import { exportEvidence } from './evidence-export.ts';
import { EvidenceSign } from './evidence-sign.tsx';
import type { SessionView } from './session-view.ts';
import { OpenSession } from './wizard-page.tsx';

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid min-w-0 content-start gap-0.5">
      <dt className="eyebrow">{label}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </div>
  );
}

/** A session that has ended well: what was done, what was seen, and the first work to do now. */
export function Completion({ session, ws }: { session: SessionView; ws: string }) {
  const { tenant, connection, finishedAt, createdAt, assignee } = session;
  const save = useMutation({
    mutationFn: (form: 'json' | 'csv') => exportEvidence(tenant, form),
  });
  return (
    <div className="grid min-w-0 gap-4">
      <section aria-labelledby="done" className="panel grid gap-5 p-5">
        <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3">
          <CircleCheck size={26} aria-hidden="true" className="text-clear" />
          <div className="grid gap-1">
            <h2 id="done" className="text-lg font-semibold">
              {tenant.name} is onboarded
            </h2>
            <p className="text-muted">
              Verified, and its first work is done. It can be worked on like any other tenant.
            </p>
          </div>
        </div>
        <dl className="grid grid-cols-[repeat(auto-fit,minmax(min(11rem,100%),1fr))] gap-x-6 gap-y-4">
          <Fact label="External id">
            <span className="font-mono text-sm">{tenant.externalId}</span>
          </Fact>
          <Fact label="Connection">
            {connection === undefined ? (
              'None'
            ) : (
              <Link
                to="/w/$ws/connections/$connectionId"
                params={{ ws, connectionId: String(connection.id) }}
                className="link"
              >
                {connection.label}
              </Link>
            )}
          </Fact>
          <Fact label="Assigned to">{assignee?.username ?? 'Nobody'}</Fact>
          {finishedAt !== undefined && (
            <>
              <Fact label="Completed">
                <Time at={finishedAt} hinted />
              </Fact>
              <Fact label="Took">
                <Duration from={createdAt} to={finishedAt} />
              </Fact>
            </>
          )}
        </dl>
        <div className="flex flex-wrap gap-2">
          <Link
            to="/w/$ws/start"
            params={{ ws }}
            search={{ operation: 'snapshot_capture', tenant: String(tenant.id) }}
            className={buttonClass('primary')}
          >
            Capture its policies
            <ArrowRight size={15} aria-hidden="true" />
          </Link>
          <Link
            to="/w/$ws/runs"
            params={{ ws }}
            search={{ tenant: String(tenant.id) }}
            className={buttonClass('plain')}
          >
            Runs of {tenant.name}
          </Link>
        </div>
      </section>
      <section aria-labelledby="seen" className="panel min-w-0">
        <header className="flex flex-wrap items-center justify-between gap-2 border-b border-line px-4 py-2.5">
          <h2 id="seen" className="text-base font-semibold">
            What is known now
          </h2>
          <div className="flex flex-wrap gap-2">
            {(['json', 'csv'] as const).map((form) => (
              <Button
                key={form}
                icon={<Download size={15} aria-hidden="true" />}
                pending={save.isPending && save.variables === form}
                onClick={() => save.mutate(form)}
              >
                Evidence as {form.toUpperCase()}
              </Button>
            ))}
          </div>
        </header>
        {save.isError && (
          <div className="p-3">
            <FaultLine error={save.error} />
          </div>
        )}
        <ul className="divide-y divide-line">
          {session.tasks.map(({ task, label, status, lastRun, recordedAt, message }) => (
            <li
              key={task}
              className="grid min-h-(--row) items-center gap-x-4 gap-y-0.5 px-4 py-2 sm:grid-cols-[7rem_minmax(0,1fr)_6rem_6rem]"
            >
              <EvidenceSign status={status} />
              <span className="min-w-0">
                {label}
                {message !== undefined && <span className="block text-sm text-muted">{message}</span>}
              </span>
              <span className="text-sm">
                {lastRun !== undefined && (
                  <Link
                    to="/w/$ws/runs/$runId"
                    params={{ ws, runId: String(lastRun.id) }}
                    className="link inline-flex min-h-6 items-center"
                  >
                    Run #{lastRun.id}
                  </Link>
                )}
              </span>
              <span className="text-sm text-muted">
                {recordedAt !== undefined && <Time at={recordedAt} hinted />}
              </span>
            </li>
          ))}
        </ul>
      </section>
      <p className="flex flex-wrap items-center gap-3 text-sm text-muted">
        Something has changed at the provider?
        <OpenSession tenantId={tenant.id} label="Onboard it again" />
      </p>
    </div>
  );
}
