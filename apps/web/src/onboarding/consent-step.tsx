import { useMutation, useQuery } from '@tanstack/react-query';
import { ExternalLink, Link2 } from 'lucide-react';
import { useCan } from '../access/session.ts';
import { api, trpc } from '../client/api.ts';
import { useServerNow } from '../clock/server-clock.ts';
import { lackingManage, timeLeft } from '../connection/connection-model.ts';
import { consentWord } from '../connection/health.tsx';
import { ActionButton } from '../run/action-button.tsx';
import { buttonClass } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { StepFooter } from './step-footer.tsx';
import { StepFrame } from './step-frame.tsx';
import { TaskBoard } from './task-board.tsx';
import type { Wizard } from './use-wizard.ts';

const manage = 'connection.manage';
const verify = 'onboarding.consent.verify';

/** A link for the administrator: open it here, or send it to them. It is good once and not for long. */
function ConsentLink({ url, expiresAt }: { url: string; expiresAt: string }) {
  const left = timeLeft(Date.parse(expiresAt), useServerNow());
  if (left === null) {
    return <p className="text-sm text-muted">The link has run out. Make another one.</p>;
  }
  return (
    <div className="grid min-w-0 gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span className="text-sm text-muted">
          Good once, for <span className="tabular-nums">{left}</span> more
        </span>
        <CopyButton text={() => url}>Copy the link</CopyButton>
      </div>
      <output className="block rounded-md border border-line bg-sunken px-3 py-2.5 font-mono text-xs break-all select-all">
        {url}
      </output>
      <a
        href={url}
        target="_blank"
        rel="noreferrer"
        className={`${buttonClass('primary')} justify-self-start`}
      >
        Open the page of the provider
        <ExternalLink size={15} aria-hidden="true" />
        <span className="sr-only">, in a new tab</span>
      </a>
    </div>
  );
}

/** Step 3: an administrator of the tenant lets the application in, and a run finds out whether they did. */
export function ConsentStep({ wizard, ws }: { wizard: Wizard; ws: string }) {
  const { session, readOnly } = wizard;
  const may = useCan(manage);
  const connectionId = session.connection?.id ?? 0;
  const connection = useQuery(
    trpc.connection.get.queryOptions({ id: connectionId }, { enabled: connectionId > 0 }),
  );
  const ask = useMutation({ mutationFn: () => api.connection.requestConsent.mutate({ id: connectionId }) });
  const tasks = session.tasks.filter(({ task }) => task === verify);
  return (
    <StepFrame
      step={3}
      title="Admin consent"
      lead="An administrator of the tenant must let the application in. Only the provider can ask them; what they granted is then verified here."
      footer={<StepFooter wizard={wizard} step={3} />}
    >
      <ol className="divide-y divide-line">
        <li className="grid gap-3 p-4 md:p-5">
          <h3 className="font-semibold">1. Ask an administrator</h3>
          <p className="max-w-2xl text-sm text-muted">
            {connection.data !== undefined && (
              <>
                Consent for <span className="font-medium text-ink">{connection.data.label}</span> is{' '}
                {consentWord(connection.data.consent)}.{' '}
              </>
            )}
            The link leads to the provider, where they sign in and grant what the application needs.
          </p>
          <div>
            <ActionButton
              icon={<Link2 size={15} aria-hidden="true" />}
              pending={ask.isPending}
              refused={may ? readOnly : lackingManage}
              onClick={() => ask.mutate()}
            >
              {ask.data === undefined ? 'Make the link' : 'Make another link'}
            </ActionButton>
          </div>
          {!may && (
            <p className="text-sm text-muted">
              To make the link takes <code className="font-mono text-sm text-ink">{manage}</code>. Managers
              and owners hold it; once one of them has, go on below.
            </p>
          )}
          {ask.data !== undefined && <ConsentLink {...ask.data} />}
          {ask.isError && <FaultLine error={ask.error} />}
        </li>
        <li>
          <h3 className="px-4 pt-4 font-semibold md:px-5">2. Verify what was granted</h3>
          <TaskBoard wizard={wizard} ws={ws} tasks={tasks} />
        </li>
      </ol>
    </StepFrame>
  );
}
