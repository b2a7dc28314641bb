import { capabilityAreas } from '@signalbox/domain/access/capability-words';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Check, Minus } from 'lucide-react';
import { trpc } from '../client/api.ts';
import { FaultView } from '../ui/fault-view.tsx';
import { ScrollBox } from '../ui/scroll-box.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';

const route = getRouteApi('/w/$ws/members');

function Holds({ holds }: { holds: boolean }) {
  const Icon = holds ? Check : Minus;
  return (
    <span className={`inline-flex items-center gap-1.5 ${holds ? 'text-clear' : 'text-faint'}`}>
      <Icon size={16} aria-hidden="true" />
      <span className="sr-only">{holds ? 'yes' : 'no'}</span>
    </span>
  );
}

/** Who can do what: capabilities in plain words by role, with how many members have each. */
export function RolesTable() {
  const { ws } = route.useParams();
  const query = useQuery(trpc.member.roles.queryOptions({}));
  if (query.isPending) return <SkeletonRows rows={8} />;
  if (query.data === undefined) return <FaultView error={query.error} onRetry={() => void query.refetch()} />;
  const { roles, capabilities } = query.data;
  return (
    <ScrollBox aria-label="Capabilities by role" className="relative overflow-x-auto">
      <table className="w-full border-collapse text-left">
        <caption className="sr-only">Which role can do what, and how many members have it</caption>
        <thead>
          <tr className="border-b border-line align-bottom">
            <th
              scope="col"
              className="sticky left-0 bg-surface px-4 py-2.5 text-sm font-medium text-muted max-sm:min-w-44"
            >
              Can
            </th>
            {roles.map(({ role, text, members }) => (
              <th key={role} scope="col" className="w-24 px-3 py-2.5 font-normal sm:w-36" title={text}>
                <span className="block text-sm font-semibold">{role}</span>
                <Link
                  to="/w/$ws/members"
                  params={{ ws }}
                  search={{ role }}
                  className="inline-flex min-h-6 items-center text-sm whitespace-nowrap text-accent hover:underline"
                >
                  {members === 1 ? '1 member' : `${members} members`}
                </Link>
              </th>
            ))}
          </tr>
        </thead>
        {capabilityAreas.map((area) => (
          <tbody key={area}>
            <tr>
              <th
                scope="colgroup"
                colSpan={roles.length + 1}
                className="eyebrow bg-sunken px-4 py-1.5 text-left"
              >
                {area}
              </th>
            </tr>
            {capabilities
              .filter((each) => each.area === area)
              .map(({ capability, label, roles: holders }) => (
                <tr key={capability} className="border-b border-line last:border-b-0">
                  <th scope="row" className="sticky left-0 bg-surface px-4 py-1.5 font-normal">
                    {label}
                    <code className="block font-mono text-xs break-all text-faint max-sm:hidden">
                      {capability}
                    </code>
                  </th>
                  {roles.map(({ role }) => (
                    <td key={role} className="px-3 py-1.5">
                      <Holds holds={holders.includes(role)} />
                    </td>
                  ))}
                </tr>
              ))}
          </tbody>
        ))}
      </table>
    </ScrollBox>
  );
}
