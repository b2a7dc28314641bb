import type { StartDecision } from '../gate/decide-start.ts';

/** A word of Signalbox, used alike in code, tables, API and console. */
export interface Word {
  readonly word: string;
  readonly meaning: string;
}

/** The words under their headings. The glossary of the documents and that of the console are made from this. */
export const words = {
  Things: [
    {
      word: 'workspace',
      meaning:
        'A customer of Signalbox with its members, tier and quota. Everything except people belongs to exactly one.',
    },
    {
      word: 'tenant',
      meaning:
        'An environment that a workspace looks after. It has an integer id and an external id, the name other systems know it by.',
    },
    {
      word: 'provider connection',
      meaning:
        'The way from Signalbox to the provider of a tenant: a sealed credential, the consent of its administrator, its health. One per tenant and provider may be the default.',
    },
    {
      word: 'operation',
      meaning:
        'A kind of work, such as `snapshot_capture`. It declares its input, the capability it needs, its protected scope and its steps.',
    },
    {
      word: 'run',
      meaning:
        'One execution of an operation: who asked, its status, counts, progress, steps, items, events and result.',
    },
    {
      word: 'step',
      meaning: 'A durable stage of a run. Its result is stored once and read again by a later attempt.',
    },
    {
      word: 'item',
      meaning: 'One unit of work inside a run with a result of its own: succeeded, failed or skipped.',
    },
    {
      word: 'backup set',
      meaning: 'A named collection of captured policies of one tenant, from which they can be restored.',
    },
    {
      word: 'preview',
      meaning:
        'The comparison of a backup set with the live tenant: what a restore would do, and with what it was compared.',
    },
    { word: 'audit entry', meaning: 'Who did what to which object, written in the transaction of the deed.' },
    {
      word: 'seal',
      meaning:
        'The digests of some audit entries and of the seal before. The newest one, the head, stands for the whole log.',
    },
  ],
  Starting: [
    {
      word: 'start gate',
      meaning:
        'The one door through which a run comes to be. It asks its questions in a fixed order; the first that fails answers.',
    },
    { word: 'start outcome', meaning: 'What the gate answers: accepted, deduped, scope_busy or blocked.' },
    { word: 'what-if', meaning: 'The same gate without the commit: what a start would be answered now.' },
    {
      word: 'reason',
      meaning: 'A code from one catalogue with a label, a sentence, a severity and next steps.',
    },
    {
      word: 'next step',
      meaning:
        'Something the caller can do about a reason. Steps the caller lacks the capability for are not offered.',
    },
    {
      word: 'protected scope',
      meaning:
        'What two runs may not touch at the same time, usually a tenant through one provider connection.',
    },
    {
      word: 'claim',
      meaning: 'The row by which a run holds a protected scope. Its key is unique, so there is one holder.',
    },
    {
      word: 'dedupe key',
      meaning:
        "What makes two starts the same work: tenant, operation, connection, input and the caller's own hash. Unique among active runs.",
    },
    {
      word: 'Idempotency-Key',
      meaning:
        "A caller's name for one request. Sent again with the same body, it gives the first answer again.",
    },
    { word: 'capability', meaning: 'The right to do one kind of thing. A role is a set of capabilities.' },
    { word: 'entitlement', meaning: 'The tenants a member may see. Outside it a thing does not exist.' },
  ],
  Running: [
    { word: 'worker', meaning: 'A process that executes runs. Any number of them share the work.' },
    {
      word: 'lease',
      meaning: "A worker's right to write for a run, with an expiry that heartbeats push on.",
    },
    {
      word: 'epoch',
      meaning:
        'The number of a lease. It grows with every claim, and a write with an older one changes nothing.',
    },
    { word: 'takeover', meaning: 'Another worker claims a run whose lease expired.' },
    {
      word: 'poison',
      meaning: 'A run that lost its worker so often that it is ended instead of being given to another one.',
    },
    {
      word: 'intent',
      meaning:
        'The record, before an outside effect, that it is about to happen. An intent without a result marks an effect whose outcome is unknown.',
    },
    { word: 'replay', meaning: 'A new run with the input of an ended one.' },
    {
      word: 'retry',
      meaning:
        "A new run with only the failed items of an ended one. A worker's own further attempts are the same run.",
    },
    {
      word: 'bulk action',
      meaning:
        'One action asked of many runs, settled when it is made. Each start passes the gate by itself; its receipt says what was answered to each run.',
    },
    {
      word: 'planned work',
      meaning:
        'Work that is admitted bit by bit, such as the items of a bulk action. Only planned work waits for a held scope or a throttle, and it says for what and since when.',
    },
    { word: 'event', meaning: 'An entry in the history of a run, numbered without a gap.' },
  ],
} as const satisfies Readonly<Record<string, readonly Word[]>>;

/** What each answer of the start gate means. */
export const outcomeMeaning = {
  accepted: 'A run was made. It is queued, or waits for an approval first.',
  deduped: 'The same work is active already. The answer names that run, and no second one was made.',
  scope_busy:
    'Another run holds the protected scope. The answer says which, since when, and when it usually ends. No run was made.',
  blocked: 'Something else is in the way. The reason says what, the next steps what to do. No run was made.',
} as const satisfies Partial<Record<StartDecision['kind'], string>>;
