import type { UsageReport } from '@signalbox/contracts/workspace/get-usage-report';
import { tierLabels, tiers } from '@signalbox/domain/workspace/tiers';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, queryClient, trpc } from '../client/api.ts';
import { Button } from '../ui/button.tsx';
import { CopyAs } from '../ui/copy-as.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { Field, Select } from '../ui/field.tsx';
import { tierEffect } from './usage-model.ts';

/** Asks for another tier, and says what it means before it is set. */
export function TierDialog({ usage, onClose }: { usage: UsageReport; onClose: () => void }) {
  const { workspaceId: id, limits } = usage;
  const [tier, setTier] = useState(() => tiers.find((each) => each !== usage.tier) ?? usage.tier);
  const change = useMutation({
    mutationFn: () => api.workspace.updateTier.mutate({ id, tier }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: trpc.workspace.pathKey() });
      void queryClient.invalidateQueries({ queryKey: trpc.overview.pathKey() });
      void queryClient.invalidateQueries({ queryKey: trpc.session.me.pathKey() });
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!change.isPending && tier !== usage.tier) change.mutate();
  };
  const limit = limits.find((each) => each.tier === tier)?.runsPerMonth ?? usage.limit;
  return (
    <Dialog open onClose={onClose} title="Change the tier">
      <form onSubmit={submit} className="grid gap-4">
        <Field
          label="Tier"
          help={tier === usage.tier ? 'This is the tier it is on.' : tierEffect(usage, limit)}
        >
          {(ids) => (
            <Select
              {...ids}
              value={tier}
              onChange={({ target }) => setTier(tiers.find((each) => each === target.value) ?? tier)}
            >
              {limits.map((each) => (
                <option key={each.tier} value={each.tier}>
                  {tierLabels[each.tier]}: {each.runsPerMonth.toLocaleString('en')} runs a month
                </option>
              ))}
            </Select>
          )}
        </Field>
        {change.isError && <FaultLine error={change.error} />}
        <div className="flex flex-wrap items-center justify-end gap-2">
          <span className="mr-auto">
            <CopyAs call={() => ({ method: 'PATCH', path: `/workspaces/${id}/tier`, body: { tier } })} />
          </span>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            look="primary"
            pending={change.isPending}
            refused={tier === usage.tier ? 'Choose another tier first.' : null}
          >
            Change
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
