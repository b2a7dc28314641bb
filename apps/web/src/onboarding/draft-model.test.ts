import { expect, it } from 'vitest';
import { type AutoSave, type AutoSaveEvent, afterSave, openDraft, saveWord, unsaved } from './draft-model.ts';

const played = (events: readonly AutoSaveEvent[], from: AutoSave = openDraft({ name: 'Northwind' })) =>
  events.reduce(afterSave, from);
const typed = (values: Record<string, unknown>): AutoSaveEvent => ({ kind: 'typed', values });
const kept = (draft: Record<string, unknown>, at = 1_000): AutoSaveEvent => ({ kind: 'kept', draft, at });

it('tells each state of a save', () => {
  expect(saveWord(played([]))).toBe('clean');
  expect(saveWord(played([typed({ name: 'N' })]))).toBe('typing');
  expect(saveWord(played([typed({ name: 'N' }), { kind: 'sent' }]))).toBe('saving');
  expect(saveWord(played([typed({ name: 'N' }), { kind: 'sent' }, kept({ name: 'N' })]))).toBe('saved');
  const refused = played([typed({ name: 'N' }), { kind: 'sent' }, { kind: 'refused', fault: 'Offline.' }]);
  expect(saveWord(refused)).toBe('failed');
  expect(refused.values).toEqual({ name: 'N' });
});

it('has nothing to save when a field is back as it was', () => {
  expect(unsaved(played([typed({ name: 'N' }), typed({ name: 'Northwind' })]))).toEqual({});
  expect(unsaved(played([typed({ notes: '' })]))).toEqual({});
});

it('keeps what is typed while a save is on its way, and still has to save it', () => {
  const state = played([
    typed({ name: 'No' }),
    { kind: 'sent' },
    typed({ name: 'Nor' }),
    kept({ name: 'No' }),
  ]);
  expect(state.values).toEqual({ name: 'Nor' });
  expect(unsaved(state)).toEqual({ name: 'Nor' });
});

it('takes up what others saved, but never over a field that is being edited', () => {
  const state = played([
    typed({ notes: 'mine' }),
    { kind: 'arrived', draft: { name: 'Northwind Ltd', notes: 'theirs', clientId: 'x' } },
  ]);
  expect(state.values).toEqual({ name: 'Northwind Ltd', notes: 'mine', clientId: 'x' });
  expect(unsaved(state)).toEqual({ notes: 'mine' });
});

it('lets no older answer take back what is being saved', () => {
  const state = played([
    typed({ name: 'N' }),
    { kind: 'sent' },
    { kind: 'arrived', draft: { name: 'Northwind' } },
    kept({ name: 'N' }),
  ]);
  expect(state.values).toEqual({ name: 'N' });
});

it('puts what was typed aside when the lock is lost, and back into the form when it is wanted', () => {
  const lost = played([typed({ notes: 'half a thought' }), { kind: 'sent' }, { kind: 'lost' }]);
  expect(lost.values).toEqual({ name: 'Northwind' });
  expect(lost.aside).toEqual({ notes: 'half a thought' });
  const later = played([{ kind: 'arrived', draft: { name: 'Northwind', notes: 'theirs' } }], lost);
  expect(later.values).toEqual({ name: 'Northwind', notes: 'theirs' });
  const back = played([{ kind: 'put_back' }], later);
  expect(back.values).toEqual({ name: 'Northwind', notes: 'half a thought' });
  expect(unsaved(back)).toEqual({ notes: 'half a thought' });
  expect(back.aside).toBeNull();
});

it('keeps what was put aside before when the lock is lost again', () => {
  const once = played([typed({ notes: 'one' }), { kind: 'lost' }]);
  const twice = played([typed({ clientId: 'two' }), { kind: 'lost' }, { kind: 'lost' }], once);
  expect(twice.aside).toEqual({ notes: 'one', clientId: 'two' });
});

it('offers nothing that the server has by now', () => {
  const opened = openDraft({ name: 'Northwind' }, { name: 'Northwind', notes: 'kept' });
  expect(opened.aside).toEqual({ notes: 'kept' });
  expect(played([{ kind: 'arrived', draft: { notes: 'kept' } }], opened).aside).toBeNull();
  expect(played([{ kind: 'arrived', draft: {}, kept: { notes: 'kept' } }], opened).aside).toBeNull();
});

it('loses nothing typed, whatever order events come in', () => {
  const events: AutoSaveEvent[] = [
    { kind: 'sent' },
    { kind: 'refused', fault: 'x' },
    { kind: 'lost' },
    { kind: 'arrived', draft: { notes: 'theirs' } },
    { kind: 'put_back' },
  ];
  for (let seed = 0; seed < 500; seed += 1) {
    const order = Array.from(
      { length: 8 },
      (_, at) => events[(seed * 7 + at * at * 3 + seed * at) % events.length],
    );
    const state = played(
      order.filter((one) => one !== undefined),
      played([typed({ notes: 'typed' })]),
    );
    expect({ ...state.values, ...state.aside }.notes).toBe('typed');
  }
});
