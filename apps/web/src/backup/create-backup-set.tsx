import { useMutation, useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { api, queryClient, trpc } from '../client/api.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { Field, Input, Select } from '../ui/field.tsx';

interface CreateBackupSetProps {
  ws: string;
  open: boolean;
  onClose: () => void;
}

/** Makes an empty backup set; policies are added to it by a run. */
export function CreateBackupSet({ ws, open, onClose }: CreateBackupSetProps) {
  const router = useRouter();
  const [tenant, setTenant] = useState('');
  const [name, setName] = useState('');
  const tenants = useQuery(trpc.tenant.list.queryOptions({ limit: 200 }));
  const create = useMutation({
    mutationFn: () => api.backupSet.create.mutate({ tenantId: Number(tenant), name: name.trim() }),
    onSuccess: (set) => {
      void queryClient.invalidateQueries({ queryKey: trpc.backupSet.list.queryKey() });
      onClose();
      void router.navigate({ to: '/w/$ws/backup-sets/$setId', params: { ws, setId: String(set.id) } });
    },
  });
  return (
    <Dialog open={open} onClose={onClose} title="New backup set">
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!create.isPending) create.mutate();
        }}
      >
        <Field label="Tenant">
          {(ids) => (
            <Select {...ids} required value={tenant} onChange={(event) => setTenant(event.target.value)}>
              <option value="">Choose a tenant</option>
              {tenants.data?.items.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Name">
          {(ids) => (
            <Input
              {...ids}
              required
              maxLength={100}
              placeholder="weekly"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        {create.isError && <FaultLine error={create.error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Close</Button>
          <Button type="submit" look="primary" pending={create.isPending}>
            Create
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
