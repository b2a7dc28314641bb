import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, queryClient, trpc } from '../client/api.ts';
import { Section } from '../connection/section.tsx';
import { ActionButton } from '../run/action-button.tsx';
import { announce } from '../ui/announcer.tsx';
import { Button } from '../ui/button.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { ScrollBox } from '../ui/scroll-box.tsx';
import { settingsProblems } from './infra-model.ts';
import type { InfraView } from './infra-view.ts';
import { SettingsEditor } from './settings-editor.tsx';

interface InfraSettingsProps {
  infra: InfraView;
  /** Whether this person may change them. */
  may: boolean;
}

/** The settings file, changed in its place. What stands is not changed by that. */
export function InfraSettingsSection({ infra, may }: InfraSettingsProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const kept = infra.settings ?? '';
  const text = typed ?? kept;
  const save = useMutation({
    mutationFn: (settings: string) => api.infra.setSettings.mutate({ name: infra.name, settings }),
    networkMode: 'always',
    onSuccess: (now) => {
      queryClient.setQueryData(trpc.infra.get.queryKey({ name: infra.name }), now);
      void queryClient.invalidateQueries({ queryKey: trpc.infra.list.queryKey() });
      setTyped(null);
      announce('The settings are saved.');
    },
  });
  const wrong = settingsProblems(text).length > 0;
  const refused = !may
    ? 'Needs infra.manage, which your role does not hold'
    : text === kept
      ? 'Nothing has changed.'
      : wrong
        ? 'Correct the problems of the settings first.'
        : null;
  return (
    <Section
      id="settings"
      title="Settings"
      actions={
        <>
          {typed !== null && typed !== kept && (
            <Button look="quiet" onClick={() => setTyped(null)}>
              Discard
            </Button>
          )}
          <ActionButton
            look={refused === null ? 'primary' : 'plain'}
            pending={save.isPending}
            refused={refused}
            onClick={() => save.mutate(text)}
          >
            Save the settings
          </ActionButton>
        </>
      }
    >
      <div className="grid gap-3 p-4">
        {may ? (
          <SettingsEditor text={text} onText={setTyped} />
        ) : infra.settings === undefined ? (
          <p className="text-muted">There is no settings file yet.</p>
        ) : (
          <ScrollBox
            aria-label="The settings file"
            className="max-h-80 overflow-auto rounded-md border border-line bg-sunken"
          >
            <pre className="p-3 font-mono text-sm">{kept}</pre>
          </ScrollBox>
        )}
        {save.isError && <FaultLine error={save.error} onRetry={() => save.mutate(text)} />}
        <p className="text-sm text-muted">
          <span className="font-mono">config.k</span>: what was started goes on with what it read, and nothing
          that stands is changed by saving.
        </p>
      </div>
    </Section>
  );
}
