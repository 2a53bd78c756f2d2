import { Link, useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { ImportRecord } from '../../../contract/imports.ts'
import { formatCount, formatInstant } from '../../format.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { loadable } from '../../ui/loadable.tsx'
import type { Column, DataTableProps } from '../../ui/table-columns.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Await } from '../../ui/failure.tsx'
import { Page } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Tag } from '../../ui/tag.tsx'
import { showToast } from '../../ui/toast.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import { useImports, useImportStep, useRefreshAfter } from '../import/import-data.ts'
import { isRunning, outcomeWords, STATE_WORDS, stoppedStep, totalsOf, undoWords } from '../import/import-words.ts'

// The table brings a library of its own: the page stands before it is here.
const DataTable = loadable<DataTableProps<ImportRecord>>(
  () => import('../../ui/data-table.tsx').then((module) => module.DataTable<ImportRecord>),
  () => <Skeleton className="h-64" />,
)

const TONES = { draft: 'neutral', committing: 'accent', refreshing: 'accent', done: 'good', failed: 'alarm', undone: 'neutral', discarded: 'neutral' } as const

function State({ record }: { readonly record: ImportRecord }) {
  if (stoppedStep(record) !== null) return <Tag tone="alarm">Stopped</Tag>
  if (isRunning(record)) return <Tag tone="accent">{record.undone_at === null ? STATE_WORDS[record.state] : 'Taking back'}</Tag>
  return <Tag tone={TONES[record.state]}>{STATE_WORDS[record.state]}</Tag>
}

function UndoButton({ record }: { readonly record: ImportRecord }) {
  const undo = useImportStep('undoImport')
  const run = () => undo.mutate(record.id, { onSuccess: (after) => showToast({ title: outcomeWords(after), says: 'It can be redone.' }) })
  return (
    <span onClick={(event) => event.stopPropagation()} onKeyDown={(event) => event.stopPropagation()} role="presentation">
      <Tooltip says={undoWords(record)} side="bottom">
        <Button size="small" busy={undo.isPending} onClick={run} aria-label={`Undo the import of ${formatInstant(record.created_at)}. ${undoWords(record)}`}>
          Undo
        </Button>
      </Tooltip>
    </span>
  )
}

function RedoButton({ record }: { readonly record: ImportRecord }) {
  const navigate = useNavigate()
  const redo = useImportStep('redoImport')
  const run = () =>
    redo.mutate(record.id, {
      onSuccess: (after) =>
        after.state === 'draft' ? void navigate({ to: '/import/$id', params: { id: after.id } }) : showToast({ title: outcomeWords(after) }),
    })
  return (
    <span onClick={(event) => event.stopPropagation()} onKeyDown={(event) => event.stopPropagation()} role="presentation">
      <Tooltip says="Records it once more from its kept rows, as a new import" side="bottom">
        <Button size="small" busy={redo.isPending} onClick={run} aria-label={`Redo the import of ${formatInstant(record.created_at)}`}>
          Redo
        </Button>
      </Tooltip>
    </span>
  )
}

const count = (id: 'new' | 'changed' | 'same' | 'refused', name: string): Column<ImportRecord> => ({
  id,
  name,
  numeric: true,
  width: 100,
  value: (record) => totalsOf(record.files)[id],
  show: (record) => formatCount(totalsOf(record.files)[id]),
})

/** What became of it and the way back come first, so that they are in sight on a narrow screen. */
const COLUMNS: readonly Column<ImportRecord>[] = [
  {
    id: 'when',
    name: 'When',
    value: (record) => record.committed_at ?? record.created_at,
    show: (record) => formatInstant(record.committed_at ?? record.created_at),
    width: 146,
  },
  { id: 'state', name: 'State', value: (record) => STATE_WORDS[record.state], show: (record) => <State record={record} />, width: 108 },
  {
    id: 'undo',
    name: 'Undo or redo',
    value: () => '',
    show: (record) =>
      !isRunning(record) && (record.state === 'done' ? <UndoButton record={record} /> : record.state === 'undone' && <RedoButton record={record} />),
    width: 104,
  },
  { id: 'files', name: 'Files', value: (record) => record.name || record.files.map((file) => file.name).join(', ') },
  count('new', 'New'),
  count('changed', 'Changed'),
  count('same', 'Same'),
  count('refused', 'Refused'),
]

/** Every import, the newest first; each opens, and a recorded one is taken back with one click. */
export function ImportsPage() {
  const query = useImports()
  return (
    <Page wide>
      <Await query={query} skeleton={<Skeleton className="h-64" />}>
        {(records) => <History records={records.filter((record) => record.state !== 'discarded')} />}
      </Await>
    </Page>
  )
}

function History({ records }: { readonly records: readonly ImportRecord[] }) {
  const navigate = useNavigate()
  const latest = useMemo(() => records.find((record) => record.state === 'done' || record.state === 'undone'), [records])
  useRefreshAfter(latest)
  const begin = (
    <Link to="/import" className={buttonClass('primary')}>
      Import files
    </Link>
  )
  if (records.length === 0)
    return (
      <EmptyState title="Nothing was imported yet" actions={begin}>
        Every import is listed here with what it added and changed, and can be taken back.
      </EmptyState>
    )
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-quiet">An undone import counts no longer; the facts are as they were before it, and it can be redone.</p>
        {begin}
      </div>
      <DataTable
        label="Imports"
        rows={records}
        columns={COLUMNS}
        rowKey={(record) => record.id}
        onOpen={(record) => void navigate({ to: record.state === 'draft' ? '/import/$id' : '/imports/$id', params: { id: record.id } })}
        csv="imports"
        maxHeight={640}
        unit={['import', 'imports']}
      />
    </>
  )
}
