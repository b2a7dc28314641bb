import type { ConnectionDetail } from '@signalbox/contracts/connection/connection';
import { KeyRound } from 'lucide-react';
import { ActionButton } from '../run/action-button.tsx';
import { Time } from '../ui/time.tsx';
import { lackingManage } from './connection-model.ts';
import { credentialWord } from './health.tsx';
import { Fact, Section } from './section.tsx';

const tones: Record<ConnectionDetail['credential'], string> = {
  present: '',
  missing: 'font-medium text-stop',
  expired: 'font-medium text-stop',
  refused: 'font-medium text-stop',
  not_needed: 'text-muted',
};

interface CredentialSectionProps {
  connection: ConnectionDetail;
  may: boolean;
  onRotate: () => void;
}

/** Whether there is a credential and how long it is good. Never the credential. */
export function CredentialSection({ connection, may, onRotate }: CredentialSectionProps) {
  const { credential, credentialSetAt, credentialExpiresAt, account, region } = connection;
  const word = credentialWord(credential);
  return (
    <Section
      id="credential"
      title="Credential"
      actions={
        credential === 'not_needed' ? null : (
          <ActionButton
            size="small"
            icon={<KeyRound size={14} aria-hidden="true" />}
            refused={may ? null : lackingManage}
            onClick={onRotate}
          >
            {credential === 'missing' ? 'Give a credential' : 'Rotate'}
          </ActionButton>
        )
      }
    >
      <dl className="grid gap-3 px-4 py-3">
        <Fact label="Secret">
          <span className={tones[credential]}>{`${word.charAt(0).toUpperCase()}${word.slice(1)}`}</span>
        </Fact>
        {credentialSetAt !== undefined && (
          <Fact label="Given">
            <Time at={credentialSetAt} hinted />
          </Fact>
        )}
        {account !== undefined && (
          <Fact label="Account">
            <span className="font-mono text-sm break-all">{account}</span>
          </Fact>
        )}
        {region !== undefined && <Fact label="Region">{region}</Fact>}
        {credential !== 'missing' && credential !== 'not_needed' && (
          <Fact label={credential === 'expired' ? 'Expired' : 'Expires'}>
            {credentialExpiresAt === undefined ? (
              <span className="text-muted">Not known here</span>
            ) : (
              <Time at={credentialExpiresAt} hinted />
            )}
          </Fact>
        )}
      </dl>
    </Section>
  );
}
