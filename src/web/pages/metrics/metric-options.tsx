import { useState } from 'react'
import type { MetricEntry } from '../../../contract/question.ts'
import { humanise } from '../../format.ts'
import { useSetSearch } from '../../screen.ts'
import { Field, TextInput } from '../../ui/field.tsx'

const valueOf = (options: readonly string[], name: string): string => options.find((option) => option.startsWith(`${name}=`))?.slice(name.length + 1) ?? ''

/** Options with one of them set to another value; the fallback, like nothing, leaves it out. */
export const withOption = (options: readonly string[], name: string, value: string, fallback: string): string[] => [
  ...options.filter((option) => !option.startsWith(`${name}=`)),
  ...(value.trim() === '' || value.trim() === fallback ? [] : [`${name}=${value.trim()}`]),
]

/** What this metric can be asked for in another way; it is kept in the address. */
export function MetricOptions({ metric, options }: { readonly metric: MetricEntry; readonly options: readonly string[] }) {
  const setSearch = useSetSearch()
  return metric.options.map((option) => (
    <Option
      key={`${option.name} ${valueOf(options, option.name)}`}
      option={option}
      value={valueOf(options, option.name)}
      onChange={(value) => setSearch({ option: withOption(options, option.name, value, option.fallback) }, { replace: true })}
    />
  ))
}

interface OptionProps {
  readonly option: MetricEntry['options'][number]
  readonly value: string
  readonly onChange: (value: string) => void
}

function Option({ option, value, onChange }: OptionProps) {
  const [text, setText] = useState(value)
  const take = () => text !== value && onChange(text)
  return (
    <Field label={humanise(option.name)} says={`${option.says}. Usually ${option.fallback === '' ? 'none' : option.fallback}.`} className="max-w-64">
      {(control) => (
        <TextInput {...control} value={text} placeholder={option.fallback} onChange={(event) => setText(event.target.value)} onBlur={take} onKeyDown={(event) => event.key === 'Enter' && take()} className="w-32!" />
      )}
    </Field>
  )
}
