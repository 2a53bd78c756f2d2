import { useState } from 'react'
import type { MetricEntry } from '../../contract/question.ts'
import { humanise } from '../format.ts'
import { Field, TextInput } from '../ui/field.tsx'
import { Select } from '../ui/select.tsx'
import { useSettings } from '../setting-data.ts'
import { optionOf, withOption } from './option-text.ts'

interface MetricOptionsProps {
  readonly metric: MetricEntry
  readonly options: readonly string[]
  readonly onOptions: (options: string[]) => void
}

/** What this metric can be asked for in another way. */
export function MetricOptions({ metric, options, onOptions }: MetricOptionsProps) {
  const settings = useSettings().data
  // A fallback may name a setting; then the setting's value is the usual one.
  const usual = (fallback: string): string => settings?.find((setting) => setting.key === fallback)?.value ?? fallback
  return metric.options.map((option) => (
    <Option
      key={`${option.name} ${optionOf(options, option.name)}`}
      option={option}
      usual={usual(option.fallback)}
      value={optionOf(options, option.name)}
      onChange={(value) => onOptions(withOption(options, option.name, value, usual(option.fallback)))}
    />
  ))
}

interface OptionProps {
  readonly option: MetricEntry['options'][number]
  readonly usual: string
  readonly value: string
  readonly onChange: (value: string) => void
}

function Option(props: OptionProps) {
  return props.option.choices.length > 0 ? <ChosenOption {...props} /> : <WrittenOption {...props} />
}

/** Options whose names are too short to stand alone. */
const LABELS: Readonly<Record<string, string>> = { of: 'Measured as', by: 'Counted by' }
const labelOf = (name: string): string => LABELS[name] ?? humanise(name)

function ChosenOption({ option, usual, value, onChange }: OptionProps) {
  const choices = option.choices.map((choice) => ({ value: choice, label: choice.replaceAll('_', ' ') }))
  return (
    <Field label={labelOf(option.name)} says={`${option.says}.`} className="max-w-64">
      {({ id }) => <Select id={id} className="w-fit" label={labelOf(option.name)} value={value === '' ? usual : value} choices={choices} onChange={onChange} />}
    </Field>
  )
}

function WrittenOption({ option, usual, value, onChange }: OptionProps) {
  const [text, setText] = useState(value)
  const take = () => text !== value && onChange(text)
  return (
    <Field label={labelOf(option.name)} says={`${option.says}. Usually ${usual === '' ? 'none' : usual}.`} className="max-w-64">
      {(control) => (
        <TextInput
          {...control}
          value={text}
          placeholder={usual}
          onChange={(event) => setText(event.target.value)}
          onBlur={take}
          onKeyDown={(event) => event.key === 'Enter' && take()}
          className="w-32!"
        />
      )}
    </Field>
  )
}
