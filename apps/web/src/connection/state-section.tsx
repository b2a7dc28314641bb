import type { ConnectionDetail } from '@signalbox/contracts/connection/connection';
import { providerTraits } from '@signalbox/domain/connection/providers';
import { ActionButton } from '../run/action-button.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { StepLink } from '../ui/step-link.tsx';
import { Time } from '../ui/time.tsx';
import { lackingManage } from './connection-model.ts';
import { MakeDefault } from './make-default.tsx';
import { Fact, Section } from './section.tsx';
import type { ConnectionDeeds } from './use-connection-deeds.ts';

interface StateSectionProps {
  connection: ConnectionDetail;
  ws: string;
  may: boolean;
  deeds: ConnectionDeeds;
  onDisable: () => void;
}

/** What the connection is for, whether it is used, and how that is changed. */
export function StateSection({ connection, ws, may, deeds, onDisable }: StateSectionProps) {
  const { tenant, provider, enabled, isDefault, disabled, createdAt, mendedBy } = connection;
  const refused = may ? null : lackingManage;
  return (
    <Section id="state" title="State">
      <dl className="grid gap-3 px-4 py-3 sm:grid-cols-2">
        <Fact label={tenant === undefined ? 'For' : 'Tenant'}>
          {tenant === undefined ? (
            'The whole workspace'
          ) : (
            <StepLink href={`/w/${ws}/tenants/${tenant.id}`}>{tenant.name}</StepLink>
          )}
        </Fact>
        <Fact label="Provider">{providerTraits[provider].label}</Fact>
        <Fact label="State">
          {enabled ? 'Enabled' : <span className="font-medium text-stop">Disabled</span>}
          {isDefault && ', default'}
        </Fact>
        <Fact label="Added">
          <Time at={createdAt} hinted />
        </Fact>
        {disabled !== undefined && (
          <div className="min-w-0 sm:col-span-2">
            <dt className="eyebrow">Why it is disabled</dt>
            <dd className="mt-0.5 wrap-anywhere">
              {disabled.reason}{' '}
              <span className="text-sm text-muted">
                {disabled.by}, <Time at={disabled.at} />
              </span>
            </dd>
          </div>
        )}
        {!may && mendedBy.members.length > 0 && (
          <div className="min-w-0 sm:col-span-2">
            <dt className="eyebrow">Who can change it</dt>
            <dd className="mt-0.5 wrap-anywhere">{mendedBy.members.join(', ')}</dd>
          </div>
        )}
      </dl>
      <div className="flex flex-wrap items-center gap-2 border-t border-line px-4 py-2.5">
        {enabled ? (
          <ActionButton look="danger" refused={refused} onClick={onDisable}>
            Disable…
          </ActionButton>
        ) : (
          <ActionButton
            look={may ? 'primary' : 'plain'}
            refused={refused}
            pending={deeds.enable.isPending}
            onClick={() => deeds.enable.mutate()}
          >
            Enable
          </ActionButton>
        )}
        <MakeDefault connection={connection} />
        {deeds.enable.isError && <FaultLine error={deeds.enable.error} />}
      </div>
    </Section>
  );
}
