import { type RefObject, useRef, useState } from 'react';

/** Nearer to the end than this counts as at the end, px. */
const nearPx = 40;

/** Whether a growing list stays at its end. Scrolling up lets go; returning to the end takes hold again. */
export function useFollow(scroller: RefObject<HTMLDivElement | null>, count: number, startAtEnd: boolean) {
  const [following, setFollowing] = useState(startAtEnd);
  const [seen, setSeen] = useState<number | null>(null);
  const lastTop = useRef(0);

  const letGo = () => {
    setSeen(count);
    setFollowing(false);
  };
  const onScroll = () => {
    const box = scroller.current;
    if (box === null) return;
    const goingUp = box.scrollTop < lastTop.current - 1;
    lastTop.current = box.scrollTop;
    const near = box.scrollHeight - box.scrollTop - box.clientHeight < nearPx;
    if (near && !following && !goingUp) setFollowing(true);
    if (goingUp && !near && following) letGo();
  };
  return {
    following,
    /** Lines that came after the reader let go; none for one who never followed. */
    unseen: following || seen === null ? 0 : Math.max(0, count - seen),
    onScroll,
    letGo,
    toEnd: () => setFollowing(true),
  };
}
