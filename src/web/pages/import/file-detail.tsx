import { useState } from 'react'
import type { ImportFile, ImportRecord, Mapping } from '../../../contract/imports.ts'
import { formatCount } from '../../format.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/select.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { showFailure } from '../../ui/toast.tsx'
import { ColumnMapping } from './column-mapping.tsx'
import { FirstRows } from './first-rows.tsx'
import { useTargets } from '../../fact-names.ts'
import { useMapFile, type ImportTarget } from './import-data.ts'
import { answerQuestion, askAgain, setConstant, setFact } from './mapping-edit.ts'
import { Questions } from './questions.tsx'

/** What a file was recognised as, its questions, and its columns, first rows and refused rows. */
export function FileDetail({ record, file }: { readonly record: ImportRecord; readonly file: ImportFile }) {
  const targets = useTargets().data ?? []
  const map = useMapFile(record.id)
  const editable = record.state === 'draft'
  const busy = map.isPending || !editable || file.state === 'receiving'
  const mapping = (map.isPending ? map.variables.mapping : null) ?? file.mapping
  const change = (next: Mapping) => map.mutate({ file: file.id, mapping: next }, { onError: showFailure })
  if (file.state === 'failed')
    return (
      <Banner tone="alarm" title={file.error?.message ?? 'The file could not be read.'}>
        {file.error?.cure}
      </Banner>
    )
  return (
    <div className="flex flex-col gap-4" aria-busy={map.isPending}>
      {file.ambiguities.length > 0 && (
        <Questions
          file={file}
          busy={busy}
          onAnswer={(question, value) => change(answerQuestion(file.mapping, question, value))}
          onConstant={(question, value) => file.mapping !== null && change(setConstant(file.mapping, question.header, value))}
        />
      )}
      {editable && mapping !== null && (
        <Recognised file={file} mapping={mapping} targets={targets} busy={busy} onChange={(fact) => change(setFact(mapping, fact))} />
      )}
      {(file.notes.length > 0 || wasAnswered(mapping)) && (
        <Told file={file} onAsk={editable && !busy && mapping !== null ? () => change(askAgain(mapping)) : null} />
      )}
      <Views file={file} mapping={mapping} targets={targets} busy={busy} onChange={change} />
      <p role="status" className="sr-only">
        {map.isPending ? `Checking ${file.name}` : ''}
      </p>
    </div>
  )
}

const wasAnswered = (mapping: Mapping | null): boolean => Object.keys(mapping?.answers ?? {}).some((key) => key !== 'columns' && key !== 'ask')

/** What was read otherwise than it stands, and a way to be asked about it. */
function Told({ file, onAsk }: { readonly file: ImportFile; readonly onAsk: (() => void) | null }) {
  return (
    <div className="flex flex-wrap items-start gap-x-3 gap-y-1 border-l-2 border-line pl-4">
      <ul aria-label={`Notes on ${file.name}`} className="min-w-0 flex-1 basis-64 text-sm">
        {file.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
      {onAsk !== null && (
        <Button size="small" onClick={onAsk}>
          Ask me again
        </Button>
      )}
    </div>
  )
}

interface RecognisedProps {
  readonly file: ImportFile
  readonly mapping: Mapping
  readonly targets: readonly ImportTarget[]
  readonly busy: boolean
  readonly onChange: (fact: string) => void
}

const SURE = 0.8

function Recognised({ file, mapping, targets, busy, onChange }: RecognisedProps) {
  const target = targets.find((item) => item.fact === mapping.fact)
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Select
        label={`What ${file.name} holds`}
        prefix="Each row is"
        size="small"
        value={mapping.fact}
        choices={targets.map((item) => ({ value: item.fact, label: item.name, says: item.says }))}
        onChange={onChange}
        disabled={busy}
      />
      <p className="min-w-0 flex-1 basis-64 text-sm text-quiet">
        {file.confidence < SURE && <span className="text-bad">Recognised with some doubt. </span>}
        {target?.says}
      </p>
    </div>
  )
}

interface ViewsProps {
  readonly file: ImportFile
  readonly mapping: Mapping | null
  readonly targets: readonly ImportTarget[]
  readonly busy: boolean
  readonly onChange: (mapping: Mapping) => void
}

function Views({ file, mapping, targets, busy, onChange }: ViewsProps) {
  const [view, setView] = useState(file.ambiguities.length > 0 ? 'rows' : file.refused > 0 ? 'refused' : 'columns')
  const columns = targets.find((item) => item.fact === mapping?.fact)?.targets ?? []
  const tabs = [
    ...(mapping === null
      ? []
      : [{ id: 'columns', label: 'Columns', panel: <ColumnMapping file={file} mapping={mapping} targets={columns} busy={busy} onChange={onChange} /> }]),
    { id: 'rows', label: 'First rows', panel: <FirstRows file={file} /> },
    ...(file.refused === 0 ? [] : [{ id: 'refused', label: 'Refused', count: formatCount(file.refused), panel: <Reasons file={file} /> }]),
  ]
  return <Tabs label={`Views of ${file.name}`} tabs={tabs} value={tabs.some((tab) => tab.id === view) ? view : (tabs[0]?.id ?? '')} onChange={setView} />
}

function Reasons({ file }: { readonly file: ImportFile }) {
  return (
    <table aria-label={`Why rows of ${file.name} were refused`} className="w-full border-collapse">
      <thead>
        <tr className="border-b border-line text-sm text-quiet">
          <th scope="col" className="h-8 w-20 pr-4 text-right">
            Rows
          </th>
          <th scope="col" className="pr-4">
            Column
          </th>
          <th scope="col" className="pr-4">
            For example
          </th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody>
        {file.refused_reasons.map((item) => (
          <tr key={`${item.reason} ${item.column}`} className="border-b border-line align-top">
            <td className="num py-1.5 pr-4 text-right">{formatCount(item.count)}</td>
            <td className="py-1.5 pr-4">{item.column ?? 'Whole row'}</td>
            <td className="num py-1.5 pr-4 break-all text-quiet">{item.example}</td>
            <td className="py-1.5">{item.reason}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
