import { Link, useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import type { ImportRecord } from '../../../contract/imports.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button, buttonClass } from '../../ui/button.tsx'
import { Progress } from '../../ui/progress.tsx'
import { formatInstant } from '../../format.ts'
import { useImportStep, type Step } from './import-data.ts'
import { commitOffer, isRunning, outcomeWords, stepWords, stoppedStep, timeLeft, undoWords } from './import-words.ts'
import { useUploading } from './upload-rows.tsx'

/** The one step that a draft leads to. It stays in sight below the files. */
export function CommitBar({ record }: { readonly record: ImportRecord }) {
  const navigate = useNavigate()
  const commit = useImportStep('commitImport')
  const discard = useImportStep('discardImport')
  const offer = commitOffer(record, useUploading(record.id))
  return (
    <div className="sticky -bottom-2.5 z-10 flex flex-wrap items-center justify-end gap-x-4 gap-y-2 border-t border-line bg-page py-3 md:bottom-0">
      <p id="commit-note" role="status" className="min-w-0 flex-1 basis-60 text-quiet">
        {offer.note}
      </p>
      <Button look="quiet" busy={discard.isPending} onClick={() => discard.mutate(record.id, { onSuccess: () => void navigate({ to: '/import' }) })}>
        Discard
      </Button>
      <Button look="primary" disabled={!offer.ready} busy={commit.isPending} aria-describedby="commit-note" onClick={() => commit.mutate(record.id)}>
        {offer.label}
      </Button>
    </div>
  )
}

/** Milliseconds since a step of the import came into sight. */
function useTook(step: string): number {
  const began = useRef({ step, at: performance.now() })
  if (began.current.step !== step) began.current = { step, at: performance.now() }
  return performance.now() - began.current.at
}

function Running({ record }: { readonly record: ImportRecord }) {
  const { progress } = record
  const step = progress?.step ?? (record.state === 'committing' ? 'recording' : 'refreshing')
  const took = useTook(step)
  const { label, unit } = stepWords(step)
  const says = progress === null ? undefined : timeLeft(progress.done, progress.total, took)
  return (
    <div className="flex flex-col gap-2">
      {progress === null || progress.total === null ? (
        <p role="status" className="flex items-center gap-2">
          <span aria-hidden className="size-3 animate-spin rounded-full border-2 border-accent border-t-transparent" />
          {label}
        </p>
      ) : (
        <Progress label={label} done={progress.done} total={progress.total} unit={unit} {...(says === undefined ? {} : { says })} />
      )}
      <p className="text-sm text-quiet">You can leave this page: it goes on, and what is recorded stays recorded.</p>
    </div>
  )
}

function Stopped({ record, step }: { readonly record: ImportRecord; readonly step: Step }) {
  const again = useImportStep(step)
  return (
    <Banner
      tone="alarm"
      title={record.error?.message ?? 'It stopped.'}
      actions={
        <Button size="small" busy={again.isPending} onClick={() => again.mutate(record.id)}>
          Go on
        </Button>
      }
    >
      {record.error?.cure} What was recorded is safe, and nothing is recorded twice.
    </Banner>
  )
}

/** What became of an import: its progress, or the result with the way on and the way back. */
export function Outcome({ record }: { readonly record: ImportRecord }) {
  const stopped = stoppedStep(record)
  if (stopped !== null) return <Stopped record={record} step={stopped} />
  if (isRunning(record)) return <Running record={record} />
  if (record.state === 'done') return <Done record={record} />
  if (record.state === 'failed')
    return (
      <Banner tone="alarm" title={outcomeWords(record)}>
        {record.error?.cure}
      </Banner>
    )
  return (
    <Banner title={outcomeWords(record)} actions={record.state === 'undone' ? <Redo record={record} /> : <Again />}>
      {record.undone_at === null ? '' : `Taken back on ${formatInstant(record.undone_at)}. Its rows are kept.`}
    </Banner>
  )
}

function Done({ record }: { readonly record: ImportRecord }) {
  const undo = useImportStep('undoImport')
  return (
    <div className="flex flex-col gap-4">
      <Banner
        tone="good"
        title={outcomeWords(record)}
        actions={
          <>
            <Again />
            <Link to="/revenue" className={buttonClass('primary', 'small')}>
              See the revenue board
            </Link>
          </>
        }
      />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button busy={undo.isPending} onClick={() => undo.mutate(record.id)} aria-describedby="undo-says">
          Undo this import
        </Button>
        <p id="undo-says" className="min-w-0 flex-1 basis-72 text-quiet">
          {undoWords(record)}
        </p>
      </div>
    </div>
  )
}

/** Records an undone import once more: it is another import then. */
function Redo({ record }: { readonly record: ImportRecord }) {
  const navigate = useNavigate()
  const redo = useImportStep('redoImport')
  return (
    <>
      <Again />
      <Button
        size="small"
        busy={redo.isPending}
        onClick={() =>
          redo.mutate(record.id, { onSuccess: ({ id, state }) => void navigate({ to: state === 'draft' ? '/import/$id' : '/imports/$id', params: { id } }) })
        }
      >
        Redo this import
      </Button>
    </>
  )
}

function Again() {
  return (
    <Link to="/import" className={buttonClass('plain', 'small')}>
      Import more
    </Link>
  )
}
