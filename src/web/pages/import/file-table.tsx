import { ChevronRight } from 'lucide-react'
import { type ComponentProps, Fragment, type ReactNode, useState } from 'react'
import type { ImportFile, ImportRecord } from '../../../contract/imports.ts'
import { counted, DASH, formatBytes, formatCount } from '../../format.ts'
import { Tag } from '../../ui/tag.tsx'
import { loadable } from '../../ui/loadable.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import type { FileDetail as FileDetailView } from './file-detail.tsx'
import { FileActions } from './file-actions.tsx'
import { useFactNames } from '../../fact-names.ts'
import { useUploads } from './import-data.ts'
import { factsOf, isUncounted } from './import-words.ts'
import { UploadRows } from './upload-rows.tsx'

const FileDetail = loadable<ComponentProps<typeof FileDetailView>>(
  () => import('./file-detail.tsx').then((module) => module.FileDetail),
  () => <Skeleton className="h-40" />,
)

type Counts = ImportFile['counts'][number]
const NUMBERS = ['new', 'changed', 'same', 'repeated'] as const
const SAYS = {
  rows: 'Rows of the file, the header left out',
  new: 'Facts that are not recorded yet',
  changed: 'Facts that are recorded with other values: the row becomes their next version',
  same: 'Facts that are recorded just so: nothing happens',
  repeated: 'Rows that name a fact again: the last one counts',
  refused: 'Rows that cannot be read: they are kept aside with the reason',
}

/** The files of an import with what each would change, or has changed. Each opens to its columns, first rows and questions. */
export function FileTable({ record }: { readonly record: ImportRecord }) {
  const factName = useFactNames()
  const sending = new Set(useUploads(record.id).map((upload) => upload.name))
  return (
    <div className="overflow-x-auto">
      <table aria-label="Files" className="w-full border-collapse">
        <thead>
          <tr className="border-b border-line text-sm text-quiet">
            <th scope="col" className="h-8">
              File
            </th>
            <Heading name="Rows" says={SAYS.rows} wide />
            <Heading name="New" says={SAYS.new} />
            <Heading name="Changed" says={SAYS.changed} />
            <Heading name="Same" says={SAYS.same} wide />
            <Heading name="Repeated" says={SAYS.repeated} wide />
            <Heading name="Refused" says={SAYS.refused} />
            {record.state === 'draft' && (
              <th scope="col" className="w-8">
                <span className="sr-only">Take out</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {record.files
            .filter((file) => !(file.state === 'receiving' && sending.has(file.name)))
            .map((file) => (
              <FileRows key={file.id} record={record} file={file} factName={factName} />
            ))}
          {record.state === 'draft' && <UploadRows record={record} />}
        </tbody>
      </table>
    </div>
  )
}

function Heading({ name, says, wide = false }: { readonly name: string; readonly says: string; readonly wide?: boolean }) {
  return (
    <th scope="col" title={says} className={`h-8 w-15 pl-2 text-right md:w-20 ${wide ? 'max-md:hidden' : ''}`}>
      {name}
    </th>
  )
}

interface CountProps {
  /** Null while it is not known. */
  readonly value: number | null
  readonly wide?: boolean
  readonly tone?: string
}

function Count({ value, wide = false, tone = '' }: CountProps) {
  return (
    <td
      title={value === null ? 'Known once the file is read and its questions are answered' : undefined}
      className={`num pl-2 text-right align-top ${wide ? 'max-md:hidden' : ''} ${value === null || value === 0 ? 'text-faint' : tone}`}
    >
      {value === null ? DASH : formatCount(value)}
    </td>
  )
}

function CountCells({ counts }: { readonly counts: Omit<Counts, 'fact'> | null }) {
  return NUMBERS.map((name) => <Count key={name} value={counts?.[name] ?? null} wide={name === 'same' || name === 'repeated'} />)
}

interface FileRowsProps {
  readonly record: ImportRecord
  readonly file: ImportFile
  readonly factName: (fact: string) => string
}

function FileRows({ record, file, factName }: FileRowsProps) {
  const asks = file.state === 'needs_answer' || file.state === 'failed'
  const [chosen, setOpen] = useState<boolean | null>(null)
  const open = chosen ?? asks
  const detail = `detail-${file.id}`
  const several = file.counts.length > 1
  return (
    <Fragment>
      <tr className="border-t border-line first:border-t-0 [&>td]:py-2">
        <td className="align-top">
          <button
            type="button"
            aria-expanded={open}
            aria-controls={open ? detail : undefined}
            onClick={() => setOpen(!open)}
            className="group flex max-w-full items-start gap-1 text-left"
          >
            <ChevronRight aria-hidden size={14} className={`mt-[3px] shrink-0 text-faint transition-transform duration-120 ${open ? 'rotate-90' : ''}`} />
            <span className="min-w-0">
              <span className="font-medium break-all group-hover:underline">{file.name}</span> <FileState record={record} file={file} />
              <span className="block text-sm text-quiet">{about(file, factName)}</span>
            </span>
          </button>
        </td>
        <Count value={file.rows} wide />
        <CountCells counts={isUncounted(file) || (file.counts.length === 0 && file.state !== 'staged') ? null : factsOf(file.counts)} />
        <Count value={file.refused} tone="text-bad font-medium" />
        {record.state === 'draft' && <FileActions record={record} file={file} />}
      </tr>
      {several &&
        file.counts.map((counts) => (
          <tr key={counts.fact} className="text-sm text-quiet">
            <td className="pb-1 pl-[18px]">{factName(counts.fact)}</td>
            <td className="max-md:hidden" />
            <CountCells counts={counts} />
          </tr>
        ))}
      {open && (
        <Wide id={detail} columns={record.state === 'draft' ? 8 : 7}>
          <FileDetail record={record} file={file} />
        </Wide>
      )}
    </Fragment>
  )
}

function Wide({ id, columns, children }: { readonly id: string; readonly columns: number; readonly children: ReactNode }) {
  return (
    <tr>
      <td id={id} colSpan={columns} className="max-w-0 pt-1 pb-6 pl-[18px]">
        {children}
      </td>
    </tr>
  )
}

function about(file: ImportFile, factName: (fact: string) => string): string {
  const holds = file.mapping === null ? '' : `${factName(file.mapping.fact)}, `
  return `${holds}${counted(file.rows, 'row')}, ${formatBytes(file.bytes)}`
}

function FileState({ record, file }: { readonly record: ImportRecord; readonly file: ImportFile }) {
  switch (file.state) {
    case 'receiving':
      return <Tag>{record.progress === null ? 'Being read' : `Being read, ${formatBytes(record.progress.done)} so far`}</Tag>
    case 'needs_answer':
      return <Tag tone="bad">{file.ambiguities.length === 1 ? 'Question' : counted(file.ambiguities.length, 'question')}</Tag>
    case 'failed':
      return <Tag tone="alarm">Could not be read</Tag>
    case 'staged':
      return null
  }
}
