import { decodeRunHeads } from '@signalbox/db/client/channels';
import { createAnnouncer } from '@signalbox/worker/announcer';
import { expect, test } from 'vitest';

test('a burst becomes few notifications, each small enough, with the newest number of every run', async () => {
  const payloads: string[] = [];
  const announcer = createAnnouncer({
    everyMs: 1,
    notify: async (_, payload) => void payloads.push(payload),
  });
  for (let seq = 1; seq <= 20; seq++) {
    for (let run = 1; run <= 500; run++) announcer.add({ w: 'acme', r: run, s: seq });
  }
  await announcer.stop();
  expect(payloads.length).toBeLessThan(10);
  expect(Math.max(...payloads.map((payload) => Buffer.byteLength(payload)))).toBeLessThanOrEqual(7_900);
  const heads = payloads.flatMap(decodeRunHeads);
  expect(heads).toHaveLength(500);
  expect(heads.every((head) => head.s === 20)).toBe(true);
});
