import type { Provider } from '@signalbox/domain/connection/providers';
import { PasswordInput } from '../access/password-input.tsx';
import { Field, Input } from '../ui/field.tsx';
import type { CredentialDraft } from './credential-fields.tsx';

/** The names of the fields as the API's faults point at them: the secret has another name where it is given anew. */
export const serverCredentialNames = ['account', 'secret', 'clientSecret'] as const;

interface ServerCredentialFieldsProps {
  provider: Provider;
  draft: CredentialDraft;
  onChange: (draft: CredentialDraft) => void;
  faults: Readonly<Record<(typeof serverCredentialNames)[number], string | null>>;
  /** Whether there is an account already, which stays when none is typed. */
  rotates?: boolean;
}

/** Who signs in at a provider of servers, and with what. Pasting and password managers are welcome. */
export function ServerCredentialFields(props: ServerCredentialFieldsProps) {
  const { provider, draft, onChange, faults, rotates = false } = props;
  const aws = provider === 'aws';
  return (
    <>
      <Field
        label={aws ? 'Access key id' : 'User name'}
        optional={rotates}
        help={
          rotates
            ? 'Only when it is another one.'
            : 'Who signs in there; best one that is for Signalbox alone.'
        }
        fault={faults.account}
      >
        {(ids) => (
          <Input
            {...ids}
            name="account"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required={!rotates}
            className="h-9 w-full font-mono text-sm"
            value={draft.clientId}
            onChange={({ target }) => onChange({ ...draft, clientId: target.value.trim() })}
          />
        )}
      </Field>
      <Field
        label={aws ? 'Secret access key' : 'Password'}
        optional={!rotates}
        help={
          rotates
            ? 'The old one is gone for good once this one is kept.'
            : 'Sealed at once and never shown again. It can be given later.'
        }
        fault={faults.secret ?? faults.clientSecret}
      >
        {(ids) => (
          <PasswordInput
            {...ids}
            what="secret"
            name="secret"
            autoComplete="new-password"
            required={rotates}
            maxLength={1_000}
            value={draft.clientSecret}
            onChange={({ target }) => onChange({ ...draft, clientSecret: target.value.trim() })}
          />
        )}
      </Field>
    </>
  );
}
