import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { yaml } from '@codemirror/lang-yaml';
import {
  bracketMatching,
  HighlightStyle,
  indentOnInput,
  StreamLanguage,
  syntaxHighlighting,
} from '@codemirror/language';
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { DocumentFormat } from './document-formats.ts';

/** A problem as the editor marks it. */
export interface LineProblem {
  readonly line: number;
  readonly message: string;
}

/** An editor in the page, and how it is led from outside. */
export interface CodeEditor {
  /** Takes over a text written elsewhere; what is the same stays, with the cursor in it. */
  write(text: string): void;
  speak(format: EditorFormat): void;
  mark(problems: readonly LineProblem[]): void;
  /** Puts the cursor at the beginning of a line and shows it. */
  go(line: number): void;
  close(): void;
}

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--accent)' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: 'var(--gate-deduped)' },
  { tag: tags.comment, color: 'var(--ink-faint)', fontStyle: 'italic' },
  { tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace], color: 'var(--ink-muted)' },
]);

const look = EditorView.theme({
  '&': { height: '100%', color: 'var(--ink)', backgroundColor: 'var(--surface)', fontSize: '0.8125rem' },
  '.cm-scroller': { fontFamily: '"JetBrains Mono Variable", ui-monospace, monospace', lineHeight: '1.25rem' },
  '.cm-content': { padding: '0.5rem 0', caretColor: 'var(--ink)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-gutters': {
    backgroundColor: 'var(--canvas)',
    color: 'var(--ink-faint)',
    borderRight: '1px solid var(--line)',
  },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--accent) 7%, transparent)' },
  '.cm-activeLineGutter': { backgroundColor: 'var(--hover)', color: 'var(--ink)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'color-mix(in srgb, var(--accent) 26%, transparent)',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--surface)',
    color: 'var(--ink)',
    border: '1px solid var(--line)',
    borderRadius: '6px',
    fontFamily: '"Inter Variable", ui-sans-serif, system-ui, sans-serif',
    fontSize: '0.8125rem',
    maxWidth: '28rem',
  },
  '.cm-diagnostic': { borderLeft: '3px solid var(--stop)', padding: '4px 10px' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--stop)',
    textUnderlineOffset: '3px',
  },
});

/** The settings file of an infra: names, values and comments. */
const settings = () =>
  StreamLanguage.define({
    token: (stream) => {
      if (stream.match(/^#.*/)) return 'comment';
      if (stream.match(/^"(?:\\.|[^"\\])*"?/)) return 'string';
      if (stream.match(/^(?:True|False)\b/)) return 'atom';
      if (stream.match(/^-?\d+(?:\.\d+)?/)) return 'number';
      if (stream.match(/^[A-Za-z_]\w*/)) return 'propertyName';
      stream.next();
      return null;
    },
  });

const languages = { yaml, json, settings } as const;
/** What the editor colours: a batch in one of its formats, or the settings of an infra. */
export type EditorFormat = DocumentFormat | 'settings';

interface CodeEditorOptions {
  readonly host: HTMLElement;
  readonly text: string;
  readonly format: EditorFormat;
  readonly label: string;
  /** Told when the person has changed the text. */
  readonly onText: (text: string) => void;
}

/**
 * Opens an editor. It stands in a shadow root: there it brings its rules as an adopted style sheet, which the content
 * security policy allows, and not as a style element, which it does not.
 */
export function openCodeEditor({ host, text, format, label, onText }: CodeEditorOptions): CodeEditor {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open', delegatesFocus: true });
  const language = new Compartment();
  let leading = false;
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        lintGutter(),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        EditorState.tabSize.of(2),
        // Tab leads out of the editor, as everywhere; `Ctrl ]` indents.
        keymap.of([...defaultKeymap, ...historyKeymap]),
        syntaxHighlighting(colours),
        look,
        language.of(languages[format]()),
        EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !leading) onText(update.state.doc.toString());
        }),
      ],
    }),
  });
  const lead = (act: () => void) => {
    leading = true;
    act();
    leading = false;
  };
  return {
    write: (next) => {
      const old = view.state.doc.toString();
      if (old !== next) lead(() => view.dispatch({ changes: difference(old, next) }));
    },
    speak: (next) => view.dispatch({ effects: language.reconfigure(languages[next]()) }),
    mark: (problems) => {
      const { doc } = view.state;
      const found = problems.map(({ line, message }): Diagnostic => {
        const at = doc.line(Math.min(Math.max(1, line), doc.lines));
        return { from: at.from + (/\S/.exec(at.text)?.index ?? 0), to: at.to, severity: 'error', message };
      });
      view.dispatch(setDiagnostics(view.state, found));
    },
    go: (line) => {
      const at = view.state.doc.line(Math.min(Math.max(1, line), view.state.doc.lines));
      view.dispatch({
        selection: { anchor: at.from },
        effects: EditorView.scrollIntoView(at.from, { y: 'center' }),
      });
      view.focus();
    },
    close: () => view.destroy(),
  };
}

/** The one stretch in which two texts differ. */
function difference(old: string, next: string): { from: number; to: number; insert: string } {
  let from = 0;
  while (from < old.length && from < next.length && old[from] === next[from]) from += 1;
  let [to, end] = [old.length, next.length];
  while (to > from && end > from && old[to - 1] === next[end - 1]) {
    to -= 1;
    end -= 1;
  }
  return { from, to, insert: next.slice(from, end) };
}
