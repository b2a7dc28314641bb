import { PasswordInput } from '../access/password-input.tsx';
import { Field, Input } from '../ui/field.tsx';

/** A credential as it is typed. It lives in its dialog only: no draft, no link, no storage keeps it. */
export interface CredentialDraft {
  readonly clientId: string;
  readonly clientSecret: string;
  /** The last day it works, `2030-06-30`, or nothing. */
  readonly lastDay: string;
}

export const noCredential: CredentialDraft = { clientId: '', clientSecret: '', lastDay: '' };

/** The names of the fields as the API's faults point at them. */
export const credentialNames = ['clientId', 'clientSecret', 'credentialExpiresAt'] as const;

/** A credential as the API takes it; what was left empty is not said. */
export function credentialInput({ clientSecret, lastDay }: CredentialDraft) {
  return {
    ...(clientSecret !== '' && { clientSecret }),
    ...(clientSecret !== '' && lastDay !== '' && { credentialExpiresAt: `${lastDay}T23:59:59Z` }),
  };
}

interface CredentialFieldsProps {
  draft: CredentialDraft;
  onChange: (draft: CredentialDraft) => void;
  faults: Readonly<Record<(typeof credentialNames)[number], string | null>>;
  /** Whether there is a client id already, which stays when none is typed. */
  rotates?: boolean;
}

/** The client id, its secret and until when the secret works. Pasting and password managers are welcome. */
export function CredentialFields({ draft, onChange, faults, rotates = false }: CredentialFieldsProps) {
  const clientId = (
    <Field
      label="Client id"
      optional={rotates}
      help={
        rotates
          ? 'Only when it is another application: its consent and permissions are then unknown again.'
          : 'The application (client) id as the provider shows it.'
      }
      fault={faults.clientId}
    >
      {(ids) => (
        <Input
          {...ids}
          name="client-id"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required={!rotates}
          className="h-9 w-full font-mono text-sm"
          placeholder="00000000-0000-0000-0000-000000000000"
          value={draft.clientId}
          onChange={({ target }) => onChange({ ...draft, clientId: target.value.trim() })}
        />
      )}
    </Field>
  );
  return (
    <>
      {!rotates && clientId}
      <Field
        label="Client secret"
        optional={!rotates}
        help={
          rotates
            ? 'The old secret is gone for good once this one is kept.'
            : 'Sealed at once and never shown again. It can be given later.'
        }
        fault={faults.clientSecret}
      >
        {(ids) => (
          <PasswordInput
            {...ids}
            what="secret"
            name="client-secret"
            autoComplete="new-password"
            required={rotates}
            maxLength={1_000}
            value={draft.clientSecret}
            onChange={({ target }) => onChange({ ...draft, clientSecret: target.value.trim() })}
          />
        )}
      </Field>
      <Field
        label="Last day the secret works"
        optional
        help="So that Signalbox knows before the provider says no."
        fault={faults.credentialExpiresAt}
      >
        {(ids) => (
          <Input
            {...ids}
            type="date"
            autoComplete="off"
            max="9999-12-31"
            disabled={draft.clientSecret === ''}
            value={draft.lastDay}
            onChange={({ target }) => onChange({ ...draft, lastDay: target.value })}
          />
        )}
      </Field>
      {rotates && clientId}
    </>
  );
}
