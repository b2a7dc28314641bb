import type { ConnectionDetail } from '@signalbox/contracts/connection/connection';
import { isOperation, operationRule } from '@signalbox/domain/operation/registry';
import { Check, X } from 'lucide-react';
import { TermLink } from '../ui/term-link.tsx';
import { Section } from './section.tsx';

function labelOf(name: string): string {
  return isOperation(name) ? operationRule(name).label : name;
}

function Sign({ good }: { good: boolean }) {
  return good ? (
    <Check size={16} className="mt-1 text-clear" aria-hidden="true" />
  ) : (
    <X size={16} className="mt-1 text-stop" aria-hidden="true" />
  );
}

/** What goes through the connection as it is, and what stands in the way of the rest. */
export function CapabilityMatrix({ operations }: Pick<ConnectionDetail, 'operations'>) {
  const working = operations.filter(({ works }) => works).length;
  return (
    <Section
      id="capabilities"
      title="What works"
      actions={
        <span className="text-sm text-muted">
          {working} of {operations.length} operations
        </span>
      }
    >
      <ul aria-label="Operations" className="divide-y divide-line">
        {operations.map(({ name, label, works, reason, missingPermissions }) => (
          <li
            key={name}
            className="grid grid-cols-[1rem_minmax(0,1fr)] gap-x-3 gap-y-0.5 px-4 py-2.5 md:grid-cols-[1rem_minmax(0,1fr)_minmax(0,1.2fr)]"
          >
            <Sign good={works} />
            <span className="min-w-0 leading-6">{label}</span>
            <span className="min-w-0 text-sm leading-6 max-md:col-start-2">
              {reason === undefined ? (
                <span className="text-muted">Works</span>
              ) : (
                <TermLink term={`reason-${reason.code}`}>{reason.label}</TermLink>
              )}
              {/* What is missing for another reason would only hide that reason. */}
              {reason?.code === 'permission_missing' && (
                <span className="block">
                  <span className="text-muted">Missing: </span>
                  <span className="font-mono text-xs break-all">{missingPermissions.join(', ')}</span>
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What was granted at the provider of all that operations need, and how the rest is come by. */
export function PermissionsSection({ connection }: { connection: ConnectionDetail }) {
  const { permissions, clientId, consent } = connection;
  const granted = permissions.filter((permission) => permission.granted).length;
  const missing = permissions.length - granted;
  return (
    <Section
      id="permissions"
      title="Permissions"
      actions={
        <span className="text-sm text-muted">
          {granted} of {permissions.length} granted
        </span>
      }
    >
      {missing > 0 && consent !== 'granted' && (
        <p className="border-b border-line px-4 py-2.5 text-sm text-muted">
          Without consent none is granted. A check after the consent finds out which are.
        </p>
      )}
      {missing > 0 && consent === 'granted' && (
        <div className="grid gap-1 border-b border-line px-4 py-2.5 text-sm text-muted">
          <p>To grant what is missing:</p>
          <ol className="list-decimal pl-5">
            <li>
              Add them at the provider as application permissions of{' '}
              {clientId === undefined ? (
                'the application'
              ) : (
                <code className="font-mono text-xs break-all">{clientId}</code>
              )}
              .
            </li>
            <li>Have an administrator of the tenant grant consent again, here under “Consent”.</li>
            <li>Check the connection.</li>
          </ol>
        </div>
      )}
      <ul aria-label="Permissions" className="divide-y divide-line">
        {permissions.map(({ name, granted, neededBy }) => (
          <li key={name} className="grid grid-cols-[1rem_minmax(0,1fr)] gap-x-3 px-4 py-2">
            <Sign good={granted} />
            <span className="min-w-0">
              <span className="font-mono text-sm break-all">{name}</span>{' '}
              <span className="text-sm text-muted">{granted ? 'granted' : 'missing'}</span>
              <span className="block text-sm text-faint">For {neededBy.map(labelOf).join(', ')}</span>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
