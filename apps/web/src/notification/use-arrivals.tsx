import { useRouter } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useRef } from 'react';
import { serverNow } from '../clock/server-clock.ts';
import { toast } from '../ui/toasts.tsx';
import { arrivals, type Known } from './arrivals-model.ts';
import { noticeTitle } from './notice-words.ts';
import { type Notice, readOne } from './notices-query.ts';

/** After a toast, what arrives within this many ms is told in one: nobody reads a dozen of them. */
const quietMs = 8_000;

/**
 * Which runs had their page open when they ended, or later. Whoever leaves the page a moment before the answer about
 * the end arrives has seen it end all the same.
 */
function useWatched(openRun: number | null): (notice: Notice) => boolean {
  const left = useRef(new Map<number, number>());
  useEffect(() => {
    if (openRun === null) return;
    const { current } = left;
    return () => void current.set(openRun, serverNow());
  }, [openRun]);
  return ({ run, at }) => run.id === openRun || (left.current.get(run.id) ?? 0) >= Date.parse(at);
}

/** Tells once, in a toast, of each run of the person that ends while they are not at its page. */
export function useArrivals(items: readonly Notice[] | undefined, openRun: number | null): void {
  const router = useRouter();
  const watched = useWatched(openRun);
  const known = useRef<Known>(null);
  const waiting = useRef<Notice[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const link = (href: string, text: string) => (
    <a
      href={href}
      className="link"
      onClick={(event) => {
        event.preventDefault();
        router.history.push(href);
      }}
    >
      {text}
    </a>
  );

  const tell = useEffectEvent(() => {
    const [first, ...more] = waiting.current;
    waiting.current = [];
    timer.current = undefined;
    if (first === undefined) return;
    if (more.length > 0) {
      toast(`${more.length + 1} of your runs have ended`, 'The bell above says how.');
    } else {
      toast(
        noticeTitle(first),
        <>
          {first.run.statusText} {link(first.href, `Open run #${first.run.id}`)}
        </>,
      );
    }
    timer.current = setTimeout(tell, quietMs);
  });

  const take = useEffectEvent((answered: readonly Notice[]) => {
    const { news, known: now } = arrivals(known.current, answered);
    known.current = now;
    for (const notice of news) {
      if (!watched(notice)) waiting.current.push(notice);
      else if (notice.run.id !== openRun) void readOne(notice.id).catch(() => {});
    }
    if (timer.current === undefined && waiting.current.length > 0) tell();
  });

  useEffect(() => {
    if (items !== undefined) take(items);
  }, [items]);
  useEffect(() => () => clearTimeout(timer.current), []);
}
