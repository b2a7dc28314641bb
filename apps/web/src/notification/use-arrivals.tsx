import { useRouter } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useRef } from 'react';
import { toast } from '../ui/toasts.tsx';
import { arrivals, type Known } from './arrivals-model.ts';
import { noticeTitle } from './notice-words.ts';
import type { Notice } from './notices-query.ts';

/** After a toast, what arrives within this many ms is told in one: nobody reads a dozen of them. */
const quietMs = 8_000;

/** Tells once, in a toast, of each run of the person that ends while they are not at its page. */
export function useArrivals(items: readonly Notice[] | undefined, openRun: number | null): void {
  const router = useRouter();
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
    waiting.current.push(...news.filter(({ run }) => run.id !== openRun));
    if (timer.current === undefined && waiting.current.length > 0) tell();
  });

  useEffect(() => {
    if (items !== undefined) take(items);
  }, [items]);
  useEffect(() => () => clearTimeout(timer.current), []);
}
