import { waves } from '@signalbox/domain/provisioning/waves';
import { useMutation } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { FileText, Play } from 'lucide-react';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { api, queryClient, trpc } from '../client/api.ts';
import { makeStartKeys } from '../gate/start-key.ts';
import { ActionButton } from '../run/action-button.tsx';
import { announce } from '../ui/announcer.tsx';
import { Button } from '../ui/button.tsx';
import { CopyAs } from '../ui/copy-as.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { Page } from '../ui/page.tsx';
import { batchExample } from './batch-example.ts';
import { BatchForm } from './batch-form.tsx';
import { BatchGraph } from './batch-graph.tsx';
import type { DraftProblem } from './batch-reading.ts';
import type { BatchBody } from './batch-view.ts';
import type { DocumentEditorHandle } from './document-editor.tsx';
import { documentFormats } from './document-formats.ts';
import { draftItems } from './draft-items.ts';
import { DraftProblems } from './draft-problems.tsx';
import { DryRunPanel, useDryRun } from './dry-run.tsx';
import { longestChain } from './longest-chain.ts';
import { useBatchDraft } from './use-batch-draft.ts';
import { WavesList } from './waves-list.tsx';

const DocumentEditor = lazy(async () => ({
  default: (await import('./document-editor.tsx')).DocumentEditor,
}));

const route = getRouteApi('/w/$ws/batches/new');

const none: readonly DraftProblem[] = [];

/** The start itself. Its key is as old as the page and its document, so that whatever is sent twice is one batch. */
function useCreate(ws: string, onMade: () => void) {
  const [keys] = useState(makeStartKeys);
  const navigate = route.useNavigate();
  return useMutation({
    mutationFn: (body: BatchBody) =>
      api.batch.create.mutate(body, { context: { idempotencyKey: keys.keyOf(body) } }),
    // Offline it fails at once and can be sent again; it must not leave by itself, minutes later.
    networkMode: 'always',
    onSuccess: (made) => {
      onMade();
      void queryClient.invalidateQueries({ queryKey: trpc.batch.list.queryKey() });
      void navigate({ to: '/w/$ws/batches/$batchId', params: { ws, batchId: made.id }, search: {} });
    },
  });
}

/** A batch as it is written: form and text of one document, its graph, and what the gates say to it. */
export function NewBatchPage() {
  const { ws } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const state = useBatchDraft(ws, search.format ?? 'yaml');
  const { draft, text, format, untouched } = state;
  const editor = useRef<DocumentEditorHandle>(null);
  const show = (part: Partial<typeof search>) =>
    void navigate({ search: (old) => ({ ...old, ...part }), replace: true, resetScroll: false });
  const items = useMemo(() => draftItems(draft), [draft]);
  const chain = useMemo(() => {
    const found = longestChain(
      items.toSorted((a, b) => a.wave - b.wave).map(({ id, needs }) => ({ id, needs, weight: 1 })),
    );
    return found.length > 1 ? found : [];
  }, [items]);
  const found = useMemo(() => (draft.problems.length === 0 ? waves(draft.operations) : []), [draft]);
  const body = state.old ? null : draft.body;
  const dryRun = useDryRun(draft.body);
  const create = useCreate(ws, state.forget);
  const problems = untouched ? none : draft.problems;
  const count = problems.length;
  useEffect(() => {
    if (count > 0)
      announce(count === 1 ? 'The document has 1 problem.' : `The document has ${count} problems.`);
  }, [count]);
  const open = search.op !== undefined && search.op <= draft.operations.length ? search.op - 1 : null;
  const refused =
    body === null
      ? count > 0
        ? 'Correct the problems of the document first.'
        : untouched
          ? 'Name it and add an operation first.'
          : 'The document is being read.'
      : null;
  return (
    <Page
      title="New batch"
      trail={
        <Link to="/w/$ws/batches" params={{ ws }} className="link">
          Batches
        </Link>
      }
      actions={
        <>
          <Button
            look="quiet"
            icon={<FileText size={15} aria-hidden="true" />}
            onClick={() => {
              state.write(batchExample);
              show({ op: undefined, group: undefined });
            }}
          >
            Load the example
          </Button>
          <CopyAs
            call={() => ({ method: 'POST', path: '/v1/batches', keyed: true, body: draft.body ?? {} })}
          />
          <ActionButton
            look="primary"
            icon={<Play size={15} aria-hidden="true" />}
            refused={refused}
            pending={create.isPending}
            onClick={() => body !== null && create.mutate(body)}
          >
            Start the batch
          </ActionButton>
        </>
      }
    >
      {create.isError && (
        <FaultLine error={create.error} onRetry={() => body !== null && create.mutate(body)} />
      )}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
        <section aria-label="Form" className="panel min-w-0 overflow-y-auto lg:h-136">
          <BatchForm
            draft={draft}
            untouched={untouched}
            open={open}
            onOpen={(at) => show({ op: at === null ? undefined : at + 1 })}
            onEdit={state.edit}
          />
        </section>
        <section aria-label="Document" className="panel flex h-112 min-w-0 flex-col overflow-hidden lg:h-136">
          <div className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3 py-1.5">
            <fieldset className="flex gap-1">
              <legend className="sr-only">Write it as</legend>
              {documentFormats.map((each) => (
                <Button
                  key={each}
                  look="quiet"
                  size="small"
                  aria-pressed={format === each}
                  className="px-2 aria-pressed:bg-accent-soft aria-pressed:text-ink"
                  refused={!draft.readable && each !== format ? 'Correct the text first.' : null}
                  onClick={() => {
                    if (each !== format && state.convert(each))
                      show({ format: each === 'yaml' ? undefined : each });
                  }}
                >
                  {each.toUpperCase()}
                </Button>
              ))}
            </fieldset>
            <span className="text-xs text-faint sm:ml-auto">
              {format === 'yaml'
                ? 'The form keeps comments and tidies spacing; JSON has none.'
                : 'JSON has no comments.'}
            </span>
          </div>
          <div className="min-h-0 flex-1">
            <Suspense fallback={<p className="p-4 text-muted">Opening the editor…</p>}>
              <DocumentEditor
                text={text}
                format={format}
                problems={problems}
                onText={state.type}
                handle={editor}
              />
            </Suspense>
          </div>
        </section>
      </div>
      <DraftProblems
        problems={problems}
        operations={draft.operations}
        onGo={(line) => editor.current?.go(line)}
      />
      {items.length > 0 && (
        <section aria-label="Graph" className="panel min-w-0 overflow-hidden">
          <BatchGraph
            items={items}
            chain={search.chain === 'off' ? [] : chain}
            onChain={() => show({ chain: search.chain === 'off' ? undefined : 'off' })}
            chosen={open === null ? undefined : draft.operations[open]?.id}
            onChoose={(id) => show({ op: draft.operations.findIndex((one) => one.id === id) + 1 })}
            group={search.group}
            onGroup={(group) => show({ group })}
          />
          <WavesList waves={found} />
        </section>
      )}
      <DryRunPanel dryRun={dryRun} body={draft.body} ws={ws} untouched={untouched} />
    </Page>
  );
}
