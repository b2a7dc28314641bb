import type { ConnectionDetail } from '@signalbox/contracts/connection/connection';
import { useMutation } from '@tanstack/react-query';
import { CircleCheck, CircleDashed, CircleX, ExternalLink, Link2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { api } from '../client/api.ts';
import { useServerNow } from '../clock/server-clock.ts';
import { ActionButton } from '../run/action-button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { lackingManage, timeLeft } from './connection-model.ts';
import { Section } from './section.tsx';
import type { ConnectionDeeds } from './use-connection-deeds.ts';

const states: Record<ConnectionDetail['consent'], { sign: ReactNode; word: string; text: string }> = {
  granted: {
    sign: <CircleCheck size={16} className="text-clear" aria-hidden="true" />,
    word: 'Granted',
    text: 'An administrator of the tenant lets the application work there. Grant it again after the application asks for more permissions.',
  },
  missing: {
    sign: <CircleX size={16} className="text-stop" aria-hidden="true" />,
    word: 'Missing',
    text: 'The last check found that no administrator of the tenant has let the application in. Nothing can be started until one does.',
  },
  unknown: {
    sign: <CircleDashed size={16} className="text-idle" aria-hidden="true" />,
    word: 'Not known yet',
    text: 'An administrator of the tenant must let the application in, once. A check then finds out what was granted.',
  },
};

/** A link that somebody else opens; it is good once and not for long. */
function PassedLink({ url, expiresAt, granted }: { url: string; expiresAt: string; granted: boolean }) {
  const left = timeLeft(Date.parse(expiresAt), useServerNow());
  if (granted) return null;
  return (
    <div className="grid gap-2 rounded-md border border-line bg-sunken px-3 py-2.5">
      <p className="font-medium">
        {left === null ? 'The link has run out. Make a new one.' : 'Waiting for the administrator'}
      </p>
      {left !== null && (
        <>
          <p className="text-sm text-muted">
            Send this link to an administrator of the tenant. It works once, for{' '}
            <span className="tabular-nums">{left}</span> more; this page notices when they are done.
          </p>
          <output className="block max-h-24 overflow-y-auto font-mono text-xs break-all">{url}</output>
          <div className="-ml-3">
            <CopyButton text={() => url}>Copy the link</CopyButton>
          </div>
        </>
      )}
    </div>
  );
}

interface ConsentSectionProps {
  connection: ConnectionDetail;
  may: boolean;
  deeds: ConnectionDeeds;
}

/** Whether an administrator has let the application in, and the two ways to ask for it. */
export function ConsentSection({ connection, may, deeds }: ConsentSectionProps) {
  const { id, consent, enabled, providerTenantId, clientId } = connection;
  const { sign, word, text } = states[consent];
  const link = useMutation({ mutationFn: () => api.connection.requestConsent.mutate({ id }) });
  const refused = !may ? lackingManage : enabled ? null : 'Enable the connection first.';
  return (
    <Section id="consent" title="Consent">
      <div className="grid gap-3 px-4 py-3">
        <p className="flex items-center gap-2 font-medium">
          {sign}
          {word}
        </p>
        <p className="max-w-[44rem] text-muted">{text}</p>
        {(clientId !== undefined || providerTenantId !== undefined) && (
          <dl className="grid gap-x-8 gap-y-2 text-sm sm:grid-cols-2">
            {clientId !== undefined && (
              <div className="min-w-0">
                <dt className="eyebrow">Application</dt>
                <dd className="mt-0.5 font-mono text-xs break-all">{clientId}</dd>
              </div>
            )}
            {providerTenantId !== undefined && (
              <div className="min-w-0">
                <dt className="eyebrow">Tenant it reaches</dt>
                <dd className="mt-0.5 font-mono text-xs break-all">{providerTenantId}</dd>
              </div>
            )}
          </dl>
        )}
        <div className="flex flex-wrap items-center gap-2">
          <ActionButton
            // Where it is missing the list above already asks for it.
            look={consent === 'unknown' && refused === null ? 'primary' : 'plain'}
            icon={<ExternalLink size={15} aria-hidden="true" />}
            refused={refused}
            pending={deeds.isLeaving}
            onClick={() => deeds.grant.mutate()}
          >
            Grant admin consent
          </ActionButton>
          <ActionButton
            icon={<Link2 size={15} aria-hidden="true" />}
            refused={refused}
            pending={link.isPending}
            onClick={() => link.mutate()}
          >
            Link for an administrator
          </ActionButton>
        </div>
        {deeds.grant.isError && <FaultLine error={deeds.grant.error} />}
        {link.isError && <FaultLine error={link.error} />}
        {link.data !== undefined && (
          <PassedLink {...link.data} granted={consent === 'granted' && connection.faults.length === 0} />
        )}
      </div>
    </Section>
  );
}
