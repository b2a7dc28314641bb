import { useCan } from '../access/session.ts';
import { Field, Input, TextArea } from '../ui/field.tsx';
import { StepFooter } from './step-footer.tsx';
import { StepFrame } from './step-frame.tsx';
import { textOf, type Wizard } from './use-wizard.ts';

/** Step 1: who this tenant is. Its name is what everybody sees; the notes are for whoever goes on here. */
export function IdentifyStep({ wizard }: { wizard: Wizard }) {
  const { session, state, readOnly } = wizard;
  const { tenant } = session;
  const mayRename = useCan('tenant.manage');
  const name = textOf(state.values.name) ?? tenant.name;
  const notes = textOf(state.values.notes) ?? '';
  const nameless = name.trim() === '' ? 'The tenant needs a name.' : null;
  return (
    <StepFrame
      step={1}
      title="Identify the tenant"
      lead="Make sure that this is the environment you mean. What you note here is there for whoever goes on, on any device."
      footer={
        <StepFooter
          wizard={wizard}
          step={1}
          saves
          obstacle={nameless}
          before={() => wizard.rename(name.trim())}
        />
      }
    >
      <div className="grid max-w-2xl gap-5 p-4 md:p-5">
        <Field
          label="Name"
          fault={nameless}
          help={
            mayRename
              ? 'What people call it, everywhere in this workspace. It takes effect with Continue.'
              : 'Only who holds the capability tenant.manage can change it.'
          }
        >
          {(ids) => (
            <Input
              {...ids}
              value={name}
              maxLength={100}
              readOnly={readOnly !== null || !mayRename}
              className="h-9 w-full read-only:bg-sunken"
              onChange={(event) => wizard.type({ name: event.target.value })}
            />
          )}
        </Field>
        <dl className="grid gap-1">
          <dt className="text-sm font-medium">External id</dt>
          <dd className="font-mono text-sm break-all">{tenant.externalId}</dd>
          <dd className="text-sm text-muted">What other systems know it by. It stays for good.</dd>
        </dl>
        <Field
          label="Notes"
          optional
          help="Contacts, agreements, what is special. Never a password or secret."
        >
          {(ids) => (
            <TextArea
              {...ids}
              rows={5}
              maxLength={2_000}
              value={notes}
              readOnly={readOnly !== null}
              className="read-only:bg-sunken"
              onChange={(event) => wizard.type({ notes: event.target.value })}
            />
          )}
        </Field>
      </div>
    </StepFrame>
  );
}
