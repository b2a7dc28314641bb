import { type Ref, useEffect, useEffectEvent, useImperativeHandle, useRef } from 'react';
import { type CodeEditor, type EditorFormat, type LineProblem, openCodeEditor } from './code-mirror.ts';

/** What leads the editor from outside. */
export interface DocumentEditorHandle {
  go: (line: number) => void;
}

interface DocumentEditorProps {
  text: string;
  format: EditorFormat;
  /** Names the editor for those who do not see it. */
  label?: string;
  problems: readonly LineProblem[];
  onText: (text: string) => void;
  handle: Ref<DocumentEditorHandle>;
}

/** The document as text, with its problems on their lines. */
export function DocumentEditor({
  text,
  format,
  label = 'The batch as text',
  problems,
  onText,
  handle,
}: DocumentEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<CodeEditor>(null);
  const tell = useEffectEvent((next: string) => onText(next));
  const begin = useEffectEvent((element: HTMLElement) =>
    openCodeEditor({ host: element, text, format, label, onText: (next) => tell(next) }),
  );
  useEffect(() => {
    if (host.current === null) return;
    const opened = begin(host.current);
    editor.current = opened;
    return () => opened.close();
  }, []);
  useEffect(() => editor.current?.write(text), [text]);
  useEffect(() => editor.current?.speak(format), [format]);
  useEffect(() => editor.current?.mark(problems), [problems]);
  useImperativeHandle(handle, () => ({ go: (line) => editor.current?.go(line) }));
  return (
    <div
      ref={host}
      className="h-full min-h-0 outline-accent focus-within:outline-2 focus-within:-outline-offset-2"
    />
  );
}
