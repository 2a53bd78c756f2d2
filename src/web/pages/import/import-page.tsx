import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useCallback, useEffect, useState } from 'react'
import { chooseFiles, type LeftOut } from '../../../contract/chosen-files.ts'
import type { ImportRecord } from '../../../contract/imports.ts'
import { api, useOverview } from '../../api.ts'
import { counted, formatInstant } from '../../format.ts'
import { useTitle } from '../../title.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button, buttonClass } from '../../ui/button.tsx'
import { Await } from '../../ui/failure.tsx'
import { loadable } from '../../ui/loadable.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { showFailure } from '../../ui/toast.tsx'
import type { FoundFile } from './chosen-files.ts'
import { CommitBar, Outcome } from './commit-bar.tsx'
import { DropZone } from './drop-zone.tsx'
import { FileTable } from './file-table.tsx'
import { useImport, useImports, useImportStep, useRefreshAfter } from './import-data.ts'
import { importName, outcomeWords } from './import-words.ts'
import { uploads } from './send-file.ts'
import { leftOutWords } from './upload-rows.tsx'

// Few imports have any, and the table brings a library of its own.
const RefusedRows = loadable(() => import('./refused-rows.tsx').then((module) => module.RefusedRows))
const isRefused = (record: ImportRecord): boolean => record.files.some((file) => file.refused > 0)

/** A new import, or one import whatever became of it. All of its state is the server's, so its address brings it back. */
export function ImportPage() {
  const id = useParams({ strict: false, select: (params) => params.id ?? '' })
  return id === '' ? <NewImport /> : <OneImport key={id} id={id} />
}

/** What was left out when an import was begun, for the page that the import then opens. */
const leftOutOf = new Map<string, readonly LeftOut[]>()

/** Sends files to a draft; begins one when there is none. Answers what was left out. */
function useTakeFiles(draft: string | null) {
  const navigate = useNavigate()
  const client = useQueryClient()
  const [leftOut, setLeftOut] = useState<readonly LeftOut[]>(leftOutOf.get(draft ?? '') ?? [])
  const take = useCallback(
    (found: FoundFile[]) => {
      const chosen = chooseFiles(found.map((one) => ({ ...one, bytes: one.file.size })))
      setLeftOut(chosen.left_out)
      if (chosen.taken.length === 0) return
      if (draft !== null) return uploads.add(draft, chosen.taken)
      void api.createImport({}).then((begun) => {
        const { id } = begun
        uploads.add(id, chosen.taken)
        leftOutOf.set(id, chosen.left_out)
        client.setQueryData<ImportRecord[]>(['imports'], (known) => known && [begun, ...known])
        return navigate({ to: '/import/$id', params: { id } })
      }, showFailure)
    },
    [draft, navigate, client],
  )
  return { take, leftOut }
}

function LeftOutFiles({ files }: { readonly files: readonly LeftOut[] }) {
  return files.length === 0 ? null : <Banner title={leftOutWords(files)} />
}

function NewImport() {
  const { take, leftOut } = useTakeFiles(null)
  const empty = useOverview().data?.empty === true
  const imports = useImports().data ?? []
  const drafts = imports.filter((record) => record.state === 'draft')
  const sample = useLoadSample()
  return (
    <Page>
      <DropZone onFiles={take} small={false} />
      <LeftOutFiles files={leftOut} />
      {empty && (
        <p className="flex flex-wrap items-center gap-x-3 gap-y-2 text-quiet">
          No exports at hand?
          <Button size="small" busy={sample.isPending} onClick={() => sample.mutate()}>
            Load the sample company
          </Button>
        </p>
      )}
      {drafts.length > 0 && (
        <Section title="Not recorded yet" says="Begun earlier; nothing of it counts so far.">
          <ul className="border-b border-line">
            {drafts.map((draft) => (
              <Draft key={draft.id} draft={draft} />
            ))}
          </ul>
        </Section>
      )}
      <p>
        <Link to="/imports" className="text-accent underline-offset-3 hover:underline">
          All imports
        </Link>
      </p>
    </Page>
  )
}

/** Loads the sample company; the answer comes when all is done, so the import is followed as soon as there is one. */
function useLoadSample() {
  const navigate = useNavigate()
  const client = useQueryClient()
  const [known, setKnown] = useState<ReadonlySet<string> | null>(null)
  const imports = useImports().data
  const begun = known === null ? undefined : imports?.find((record) => !known.has(record.id))?.id
  useEffect(() => {
    if (begun !== undefined) void navigate({ to: '/import/$id', params: { id: begun } })
  }, [begun, navigate])
  return useMutation({
    mutationFn: async () => {
      setKnown(new Set(imports?.map((record) => record.id)))
      const watch = setInterval(() => void client.invalidateQueries({ queryKey: ['imports'] }), 500)
      try {
        return await api.loadSample({})
      } finally {
        clearInterval(watch)
      }
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['imports'] }),
    onError: (error) => {
      setKnown(null)
      showFailure(error)
    },
  })
}

function Draft({ draft }: { readonly draft: ImportRecord }) {
  const discard = useImportStep('discardImport')
  const names = draft.files.map((file) => file.name)
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line py-2.5">
      <div className="min-w-0 flex-1 basis-64">
        <p className="truncate font-medium">{names.length === 0 ? 'No files yet' : names.join(', ')}</p>
        <p className="text-sm text-quiet">
          Begun {formatInstant(draft.created_at)}, {counted(names.length, 'file')}
        </p>
      </div>
      <div className="flex gap-2">
        <Button size="small" look="quiet" busy={discard.isPending} onClick={() => discard.mutate(draft.id)}>
          Discard
        </Button>
        <Link to="/import/$id" params={{ id: draft.id }} className={buttonClass('plain', 'small')}>
          Resume
        </Link>
      </div>
    </li>
  )
}

function OneImport({ id }: { readonly id: string }) {
  const query = useImport(id)
  useRefreshAfter(query.data)
  const name = query.data === undefined ? 'Import' : importName(query.data)
  useTitle('page', name)
  return (
    <Page>
      <h1 className="truncate text-xl font-semibold" title={name}>
        {name}
      </h1>
      <Await query={query} skeleton={<Waiting />}>
        {(record) => (record.state === 'draft' ? <DraftImport record={record} /> : <PastImport record={record} />)}
      </Await>
    </Page>
  )
}

function Waiting() {
  return (
    <div className="flex flex-col gap-6">
      <Skeleton className="h-12" />
      <Skeleton className="h-48" />
    </div>
  )
}

const namesOf = (record: ImportRecord) => new Map(record.files.map((file) => [file.id, file.name]))

function DraftImport({ record }: { readonly record: ImportRecord }) {
  const { take, leftOut } = useTakeFiles(record.id)
  return (
    <>
      <DropZone onFiles={take} small />
      <LeftOutFiles files={leftOut} />
      <FileTable record={record} />
      {isRefused(record) && <RefusedRows record={record} names={namesOf(record)} />}
      <CommitBar record={record} />
    </>
  )
}

function PastImport({ record }: { readonly record: ImportRecord }) {
  return (
    <>
      <Outcome record={record} />
      <Section title="Files" says={record.committed_at === null ? outcomeWords(record) : `Recorded ${formatInstant(record.committed_at)}`}>
        <FileTable record={record} />
      </Section>
      {isRefused(record) && <RefusedRows record={record} names={namesOf(record)} />}
      <p>
        <Link to="/imports" className="text-accent underline-offset-3 hover:underline">
          All imports
        </Link>
      </p>
    </>
  )
}
