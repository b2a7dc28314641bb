import { lazy, Suspense, useRef } from 'react';
import { Button } from '../ui/button.tsx';
import { SkeletonBlock } from '../ui/skeleton.tsx';
import type { DocumentEditorHandle } from './document-editor.tsx';
import { settingsProblems } from './infra-model.ts';

const DocumentEditor = lazy(async () => ({
  default: (await import('./document-editor.tsx')).DocumentEditor,
}));

/** Problems that are listed; the rest is counted. */
const most = 8;

interface SettingsEditorProps {
  text: string;
  onText: (text: string) => void;
  className?: string;
}

/** A settings file as text, with what is wrong with it on its lines and in words below. */
export function SettingsEditor({ text, onText, className = 'h-80' }: SettingsEditorProps) {
  const handle = useRef<DocumentEditorHandle>(null);
  // Nothing is wrong with what nobody has written yet.
  const problems = text === '' ? [] : settingsProblems(text);
  return (
    <div className="grid min-w-0 gap-2">
      <div className={`min-w-0 overflow-hidden rounded-md border border-line-strong ${className}`}>
        <Suspense fallback={<SkeletonBlock className="h-full" />}>
          <DocumentEditor
            text={text}
            format="settings"
            label="The settings file"
            problems={problems}
            onText={onText}
            handle={handle}
          />
        </Suspense>
      </div>
      {problems.length > 0 && (
        <ul aria-label="Problems of the settings" className="grid gap-0.5 text-sm">
          {problems.slice(0, most).map(({ line, message }) => (
            <li key={`${line} ${message}`} className="flex items-baseline gap-x-2">
              <Button
                look="quiet"
                size="small"
                className="-ml-1.5 min-w-18 justify-start text-stop"
                onClick={() => handle.current?.go(line)}
              >
                Line {line}
              </Button>
              <span className="min-w-0 flex-1 wrap-anywhere">{message}</span>
            </li>
          ))}
          {problems.length > most && <li className="text-muted">And {problems.length - most} more.</li>}
        </ul>
      )}
    </div>
  );
}
