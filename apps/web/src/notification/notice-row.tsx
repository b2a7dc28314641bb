import { Check } from 'lucide-react';
import { StatusIcon } from '../run/status-icon.tsx';
import { statusView } from '../run/status-model.ts';
import { toneInk } from '../run/tone-ink.ts';
import { IconButton } from '../ui/button.tsx';
import { StepLink } from '../ui/step-link.tsx';
import { Time } from '../ui/time.tsx';
import { noticeStep, noticeTitle } from './notice-words.ts';
import { type Notice, readOne } from './notices-query.ts';

/** How one run ended, with the way to it and what to do next. */
export function NoticeRow({ notice, onLeave }: { notice: Notice; onLeave: () => void }) {
  const { run, href, at, readAt } = notice;
  const unread = readAt === undefined;
  const view = statusView(run.status);
  const step = noticeStep(notice);
  return (
    <li className="flex gap-3 py-3 pr-2 pl-4">
      <span className={`mt-0.5 ${toneInk[view.tone]}`}>
        <StatusIcon shape={view.shape} />
      </span>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: closes behind the links, which are clicked by key too */}
      <div
        className="min-w-0 flex-1 text-sm"
        onClick={({ target }) => target instanceof Element && target.closest('a') !== null && onLeave()}
      >
        <p className={unread ? 'font-semibold' : ''}>
          {unread && <span className="sr-only">Unread: </span>}
          <StepLink href={href} className="text-ink hover:underline">
            {noticeTitle(notice)}
          </StepLink>
        </p>
        <p className="line-clamp-3 text-muted">{run.statusText}</p>
        <p className="mt-0.5 flex flex-wrap items-center gap-x-2 text-muted">
          <span className="text-faint">
            #{run.id}, <Time at={at} />
          </span>
          {step !== undefined && <StepLink href={step.href}>{step.label}</StepLink>}
        </p>
      </div>
      <span className="flex w-6 shrink-0 flex-col items-center">
        {unread && (
          <IconButton
            label={`Mark run #${run.id} as read`}
            className="size-6!"
            onClick={() => void readOne(notice.id).catch(() => {})}
          >
            <Check size={15} aria-hidden="true" />
          </IconButton>
        )}
      </span>
    </li>
  );
}
