import { useState } from 'react'
import type { ImportFile, Mapping } from '../../../contract/imports.ts'
import { humanise } from '../../format.ts'
import { Combobox } from '../../ui/combobox.tsx'
import { Field, TextInput } from '../../ui/field.tsx'
import { Select, type Choice } from '../../ui/select.tsx'
import type { ImportTarget } from './import-data.ts'
import { isReadAs, readAsOf, readingsOf, sendTo, setConstant, setReadAs, targetOf } from './mapping-edit.ts'

const OUT = '-'
type Target = ImportTarget['targets'][number]

/** A target as a person reads it: "Acquisition source", "CSM ID". */
const targetName = (to: string): string => humanise(to.replace(/^attribute:/, ''))

/** What a header may go to: the columns of the fact, and for accounts an attribute named like the header. */
function choicesFor(header: string, targets: readonly Target[]): Choice[] {
  const word = header
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[_0-9]+|_+$/g, '')
  const own = `attribute:${word}`
  const takesAny = word !== '' && targets.some((target) => target.to.startsWith('attribute:')) && !targets.some((target) => target.to === own)
  return [
    { value: OUT, label: 'Left out' },
    ...targets.map((target) => ({ value: target.to, label: targetName(target.to), says: `${target.says}${target.required ? ' · needed' : ''}` })),
    ...(takesAny ? [{ value: own, label: targetName(own), says: 'An attribute of the account under this name, to break down and filter by' }] : []),
  ]
}

interface ColumnMappingProps {
  readonly file: ImportFile
  readonly mapping: Mapping
  readonly targets: readonly Target[]
  readonly busy: boolean
  readonly onChange: (mapping: Mapping) => void
}

/** Which header means what. Every change is checked at once against all rows. */
export function ColumnMapping(props: ColumnMappingProps) {
  const { file, mapping, targets, busy, onChange } = props
  return (
    <div className="flex flex-col gap-5">
      <div role="region" aria-label={`Columns of ${file.name}`}>
        <table className="block w-full table-fixed border-collapse lg:table">
          <colgroup className="hidden lg:table-column-group">
            <col className="w-[18%]" />
            <col className="w-[22%]" />
            <col className="w-52" />
            <col />
            <col className="w-40" />
          </colgroup>
          <thead className="sr-only lg:not-sr-only lg:table-header-group">
            <tr className="border-b border-line text-sm text-quiet">
              {['Column', 'First values', 'Goes to', 'Meaning', 'Read as'].map((name) => (
                <th key={name} scope="col" className="h-8 pr-3">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="block lg:table-row-group">
            {file.headers.map((header, i) => (
              <Row key={`${header} ${i}`} {...props} header={header} values={file.sample.map((cells) => cells[i] ?? '')} />
            ))}
          </tbody>
        </table>
      </div>
      <Constants mapping={mapping} targets={targets} busy={busy} onChange={onChange} />
    </div>
  )
}

function Row({ mapping, targets, busy, onChange, header, values }: ColumnMappingProps & { readonly header: string; readonly values: readonly string[] }) {
  const to = targetOf(mapping, header)
  const target = targets.find((item) => item.to === to)
  const readings = readingsOf(target?.type ?? '')
  const examples = [...new Set(values)]
    .filter((value) => value !== '')
    .slice(0, 3)
    .join(', ')
  const choices = choicesFor(header, targets)
  return (
    <tr className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] gap-x-3 gap-y-1 border-b border-line py-3 align-top lg:table-row lg:py-0">
      <th scope="row" className="truncate lg:py-2.5 lg:pr-3" title={header}>
        {header}
      </th>
      <td className="num truncate text-quiet lg:py-2.5 lg:pr-3" title={examples}>
        {examples === '' ? 'empty' : examples}
      </td>
      <td className="col-span-2 lg:py-1.5 lg:pr-3">
        <Combobox
          label={`Meaning of ${header}`}
          value={to ?? OUT}
          choices={choices}
          onChange={(next) => onChange(sendTo(mapping, header, next === OUT ? null : next))}
          disabled={busy}
          none="No such column."
        />
      </td>
      <td className="col-span-2 text-sm text-quiet empty:hidden lg:py-2.5 lg:pr-3 lg:empty:table-cell">
        {to === null ? '' : (choices.find((choice) => choice.value === to)?.says ?? '')}
      </td>
      <td className="col-span-2 empty:hidden lg:py-1.5 lg:empty:table-cell">
        {readings.length > 0 && <span className="text-sm text-quiet lg:hidden">Read as</span>}
        {readings.length > 0 && (
          <Select
            label={`How ${header} is read`}
            value={readAsOf(mapping, header) ?? OUT}
            choices={[{ value: OUT, label: 'Automatic' }, ...readings]}
            onChange={(next) => onChange(setReadAs(mapping, header, isReadAs(next) ? next : null))}
            disabled={busy}
            className="w-full justify-between!"
          />
        )}
      </td>
    </tr>
  )
}

/** One value for all rows, where the file has no column for it. */
function Constants({ mapping, targets, busy, onChange }: Omit<ColumnMappingProps, 'file'>) {
  const [asked, setAsked] = useState<readonly string[]>([])
  const open = targets.filter((target) => !mapping.columns.some((column) => column.to === target.to && column.constant === undefined))
  const constantOf = (to: string) => mapping.columns.find((column) => column.to === to && column.constant !== undefined)?.constant ?? ''
  const shown = open.filter((target) => target.required || constantOf(target.to) !== '' || asked.includes(target.to))
  const rest = open.filter((target) => !shown.includes(target))
  return (
    <div className="flex flex-col gap-3">
      <p className="font-medium">One value for every row</p>
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {shown.map((target) => (
          <Constant
            key={`${target.to} ${constantOf(target.to)}`}
            label={targetName(target.to)}
            says={`${target.says}${target.required ? '. Needed, and no column has it' : ''}`}
            value={constantOf(target.to)}
            busy={busy}
            onChange={(value) => onChange(setConstant(mapping, target.to, value))}
          />
        ))}
        <Constant
          key={`source ${mapping.source}`}
          label="Source"
          says="Where the ids come from. The same id from another source is another thing."
          value={mapping.source}
          busy={busy}
          onChange={(value) => value.trim() !== '' && onChange({ ...mapping, source: value.trim() })}
        />
      </div>
      {rest.length > 0 && (
        <div>
          <Select
            label="Give another column one value"
            value=""
            prefix="Give another column one value"
            size="small"
            choices={rest.map((target) => ({ value: target.to, label: targetName(target.to), says: target.says }))}
            onChange={(to) => setAsked([...asked, to])}
            disabled={busy}
          />
        </div>
      )}
    </div>
  )
}

interface ConstantProps {
  readonly label: string
  readonly says: string
  readonly value: string
  readonly busy: boolean
  readonly onChange: (value: string) => void
}

/** Taken when the field is left or Enter is pressed. */
function Constant({ label, says, value, busy, onChange }: ConstantProps) {
  const [text, setText] = useState(value)
  const take = () => text !== value && onChange(text)
  return (
    <Field label={label} says={says}>
      {(control) => (
        <TextInput
          {...control}
          value={text}
          disabled={busy}
          onChange={(event) => setText(event.target.value)}
          onBlur={take}
          onKeyDown={(event) => event.key === 'Enter' && take()}
        />
      )}
    </Field>
  )
}
