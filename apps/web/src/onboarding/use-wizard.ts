import type { OnboardingTask } from '@signalbox/domain/onboarding/tasks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { meQuery, useCan } from '../access/session.ts';
import { api, queryClient, trpc } from '../client/api.ts';
import { serverNow, useServerClock } from '../clock/server-clock.ts';
import { announce } from '../ui/announcer.tsx';
import { makeAutoSaver } from './auto-save.ts';
import type { Values } from './draft-model.ts';
import { isRenewalDue, lockState } from './lock-model.ts';
import { makeSessionDeeds } from './session-deeds.ts';
import { keepSession, rereadSession, sessionKey } from './session-query.ts';
import type { SessionView } from './session-view.ts';

export type Wizard = ReturnType<typeof useWizard>;

/** Text of a draft; undefined where nothing was typed. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** What was typed and could not be saved, by session: it outlives the page, not the tab. */
const open = new Map<number, Values>();

/** The lock, the saving and the deeds of one session, made once for as long as it is open. */
function makeParts(first: SessionView) {
  const { id } = first;
  const known = (): SessionView => queryClient.getQueryData(sessionKey(id)) ?? first;
  const deeds = makeSessionDeeds<SessionView>({
    known,
    reread: async () => (await rereadSession(id)) ?? known(),
    lock: () => api.onboarding.lock.mutate({ id }),
    keep: keepSession,
    now: serverNow,
  });
  const saver = makeAutoSaver({
    draft: first.draft,
    aside: open.get(id),
    onOpen: (values) => (values === null ? open.delete(id) : open.set(id, values)),
    now: serverNow,
    save: (changes) =>
      deeds.save((lockVersion) => {
        // Over what others have saved by now: only what was changed here is ours to write.
        const draft = { ...known().draft, ...changes };
        return api.onboarding.update.mutate({ id, lockVersion, draft });
      }, Object.keys(changes)),
  });
  return { deeds, saver };
}

/** Everything the pages of a session do and must know. */
export function useWizard(session: SessionView) {
  const { id, lock, draft, keptDraft } = session;
  const may = useCan('onboarding.edit');
  const [{ deeds, saver }] = useState(() => makeParts(session));
  const state = useSyncExternalStore(saver.subscribe, saver.state);
  const stands = useServerClock((now) => lockState(lock, now));
  const [takenBy, setTakenBy] = useState<string | null>(null);
  const held = useRef(false);
  const ended = session.status === 'completed' || session.status === 'abandoned';

  // Somebody took the lock while we held it: what is not saved is put aside.
  useEffect(() => {
    if (stands === 'mine' || stands === 'ending') {
      held.current = true;
      setTakenBy(null);
    } else if (stands === 'other') {
      saver.lose();
      if (held.current) {
        const who = lock.holder ?? 'Somebody';
        setTakenBy(who);
        announce(`${who} took over the editing. Nothing you typed is lost.`);
      }
      held.current = false;
    }
  }, [stands, lock.holder, saver]);
  useEffect(() => saver.arrive(draft, keptDraft), [draft, keptDraft, saver]);

  const activeAt = useRef(0);
  const due = useServerClock((now) => isRenewalDue(lock, activeAt.current, now));
  useEffect(() => {
    if (due) void api.onboarding.lock.mutate({ id }).then(keepSession, () => rereadSession(id));
  }, [due, id]);

  // What is typed is saved on the way out; what cannot be is worth a question.
  useEffect(() => {
    const onHide = () => document.hidden && void saver.flush();
    document.addEventListener('visibilitychange', onHide);
    return () => {
      document.removeEventListener('visibilitychange', onHide);
      void saver.flush();
    };
  }, [saver]);
  useEffect(() => {
    const onLeave = (event: BeforeUnloadEvent) => {
      if (!saver.isOpen()) return;
      void saver.flush();
      event.preventDefault();
    };
    addEventListener('beforeunload', onLeave);
    return () => removeEventListener('beforeunload', onLeave);
  }, [saver]);

  const readOnly = !may
    ? 'You lack the capability onboarding.edit.'
    : ended
      ? 'The session has ended.'
      : stands === 'other'
        ? `${lock.holder ?? 'Somebody'} is editing.`
        : null;
  const me = useQuery(meQuery()).data;
  const refusedRun = (task: OnboardingTask): string | null => {
    const needed = `run.start.${task}`;
    if (me !== undefined && !me.current.capabilities.some((one) => one === needed))
      return `You lack the capability ${needed}.`;
    return readOnly;
  };
  const update = (what: Record<string, unknown>) =>
    deeds.change((lockVersion) => api.onboarding.update.mutate({ id, lockVersion, ...what }));

  return {
    session,
    state,
    saver,
    lockState: stands,
    takenBy,
    forgetTaken: () => setTakenBy(null),
    readOnly,
    /** Why a task cannot be run here now; null when it can. */
    refusedRun,
    /** Something was done here: whoever is at work keeps the lock. */
    touch: () => {
      activeAt.current = serverNow();
    },
    type: (values: Values) => {
      activeAt.current = serverNow();
      saver.type(values);
    },
    save: saver.flush,
    hold: deeds.hold,
    reread: () => void rereadSession(id),
    toStep: async (step: number) => {
      await saver.flush();
      return update({ step });
    },
    rename: async (name: string) => {
      if (name === session.tenant.name) return;
      await deeds.hold();
      await api.tenant.update.mutate({ id: session.tenant.id, name });
      await queryClient.invalidateQueries({ queryKey: trpc.tenant.pathKey() });
    },
    chooseConnection: async (connectionId: number, typed: Values = {}) => {
      saver.type(typed);
      await saver.flush();
      return update({ connectionId });
    },
    assign: (assigneeUserId: number | null) => update({ assigneeUserId }),
    keepEditing: async () => keepSession(await api.onboarding.lock.mutate({ id })),
    release: async () => {
      await saver.flush();
      keepSession(await api.onboarding.release.mutate({ id }));
    },
    abandon: async (reason: string) => api.onboarding.abandon.mutate({ id, reason }),
    restoreOffered: async () => {
      if (session.keptDraft !== undefined)
        await deeds.change((lockVersion) => api.onboarding.restoreDraft.mutate({ id, lockVersion }));
      await saver.putBack();
    },
    dropOffered: async () => {
      if (session.keptDraft !== undefined) keepSession(await api.onboarding.dismissDraft.mutate({ id }));
      saver.drop();
    },
  };
}
