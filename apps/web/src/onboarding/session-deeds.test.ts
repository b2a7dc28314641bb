import { expect, it } from 'vitest';
import { ForeignAnswer } from '../client/foreign-answer.ts';
import { type Held, makeSessionDeeds } from './session-deeds.ts';

const now = Date.UTC(2026, 2, 1);
const later = new Date(now + 300_000).toISOString();
const refusal = () => Object.assign(new Error('conflict'), { cause: new ForeignAnswer(409) });

/** A server with one session that answers like the real one: writes need the live lock and its version. */
function server(first: Held['lock']) {
  const calls: string[] = [];
  let session: Held = { status: 'in_progress', lock: first, draft: {} };
  let known = session;
  const isLive = () => session.lock.until !== undefined && session.lock.until !== null;
  const deeds = makeSessionDeeds<Held>({
    known: () => known,
    reread: async () => {
      calls.push('read');
      known = session;
      return session;
    },
    lock: async () => {
      calls.push('lock');
      if (isLive() && !session.lock.mine) throw refusal();
      session = {
        ...session,
        lock: { holder: 'me', until: later, mine: true, version: session.lock.version + 1 },
      };
      return session;
    },
    keep: (answer) => {
      known = answer;
    },
    now: () => now,
  });
  const write = async (version: number) => {
    calls.push(`write ${version}`);
    if ((isLive() && !session.lock.mine) || version !== session.lock.version) throw refusal();
    session = {
      ...session,
      lock: isLive() ? session.lock : { holder: 'me', until: later, mine: true, version: version + 1 },
      draft: { name: 'saved' },
    };
    return session;
  };
  return {
    ...deeds,
    calls,
    write,
    meanwhile: (lock: Held['lock'], draft: Held['draft'] = session.draft) => {
      session = { ...session, lock, draft };
    },
    end: () => {
      session = { ...session, status: 'abandoned' };
    },
  };
}

const free = { mine: false, version: 3 };
const mine = { holder: 'me', until: later, mine: true, version: 4 };
const other = { holder: 'Dana', until: later, mine: false, version: 5 };

it('takes a free lock by the write itself', async () => {
  const { save, write, calls } = server(free);
  expect(await save(write, ['name'])).toEqual({ kind: 'kept', draft: { name: 'saved' } });
  expect(calls).toEqual(['write 3']);
});

it('writes at once under a lock it holds', async () => {
  const { save, write, calls } = server(mine);
  await save(write, ['name']);
  expect(calls).toEqual(['write 4']);
});

it('tries once more when the lock had only run out', async () => {
  const { save, write, calls, meanwhile } = server(mine);
  meanwhile({ mine: false, version: 6 });
  expect(await save(write, ['name'])).toEqual({ kind: 'kept', draft: { name: 'saved' } });
  expect(calls).toEqual(['write 4', 'read', 'write 6']);
});

it('answers that the lock is lost once somebody else holds it, and writes nothing', async () => {
  const { save, write, calls, meanwhile } = server(mine);
  meanwhile(other);
  expect(await save(write, ['name'])).toEqual({ kind: 'lost' });
  expect(calls).toEqual(['write 4', 'read']);
});

it('answers the same for a lock that somebody else took first', async () => {
  const { save, write, meanwhile } = server(free);
  meanwhile(other);
  expect(await save(write, ['name'])).toEqual({ kind: 'lost' });
});

it('answers the same for a session that has ended', async () => {
  const { save, write, meanwhile, end } = server(mine);
  meanwhile({ mine: false, version: 5 });
  end();
  expect(await save(write, ['name'])).toEqual({ kind: 'lost' });
});

it('keeps what could not be sent for another try', async () => {
  const { save } = server(mine);
  const answer = await save(() => Promise.reject(new Error('offline')), ['name']);
  expect(answer).toMatchObject({ kind: 'refused' });
});

it('takes the lock before something else is changed, unless it holds it', async () => {
  const unheld = server(free);
  await unheld.hold();
  await unheld.hold();
  expect(unheld.calls).toEqual(['lock']);
  await expect(server(other).hold()).rejects.toThrow('conflict');
});

it('hands on a refusal that is not about the lock', async () => {
  const { change, calls } = server(mine);
  await expect(change(() => Promise.reject(refusal()))).rejects.toThrow('conflict');
  expect(calls).toEqual(['read']);
});

it('does not overwrite unseen what somebody else wrote while the lock was theirs, and says that it is lost to them', async () => {
  const { save, write, calls, meanwhile } = server(mine);
  meanwhile({ mine: false, version: 6 }, { name: 'theirs' });
  expect(await save(write, ['name'])).toEqual({ kind: 'lost' });
  expect(calls).toEqual(['write 4', 'read']);
});

it('goes on where they wrote something else', async () => {
  const { save, write, calls, meanwhile } = server(mine);
  meanwhile({ mine: false, version: 6 }, { notes: 'theirs' });
  expect(await save(write, ['name'])).toMatchObject({ kind: 'kept' });
  expect(calls).toEqual(['write 4', 'read', 'write 6']);
});
