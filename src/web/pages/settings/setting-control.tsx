import { useId, useMemo } from 'react'
import { Combobox } from '../../ui/combobox.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Select, type Choice } from '../../ui/select.tsx'
import type { Setting } from '../../setting-data.ts'
import { settingName, unitOf, valueTyped, valueWords } from '../../setting-words.ts'

interface SettingControlProps {
  readonly setting: Setting
  readonly value: string
  readonly onChange: (value: string) => void
  readonly error: string | undefined
}

const zones = (): Choice[] => ['UTC', ...Intl.supportedValuesOf('timeZone')].map((zone) => ({ value: zone, label: zone }))
const currencies = (): Choice[] => {
  const names = new Intl.DisplayNames('en', { type: 'currency' })
  return Intl.supportedValuesOf('currency').map((code) => ({ value: code, label: `${code}, ${names.of(code) ?? ''}` }))
}

/** The control that suits the kind of a setting, with what the server had against the value. */
export function SettingControl({ setting, value, onChange, error }: SettingControlProps) {
  const id = useId()
  return (
    <div className="flex flex-col gap-1">
      <Control setting={setting} value={value} onChange={onChange} describedBy={error === undefined ? undefined : id} />
      {error !== undefined && (
        <p id={id} role="alert" className="text-sm text-alarm">
          {error}
        </p>
      )}
    </div>
  )
}

function Control({ setting, value, onChange, describedBy }: Omit<SettingControlProps, 'error'> & { readonly describedBy: string | undefined }) {
  const label = settingName(setting.key)
  const many = useMemo(() => (setting.kind === 'zone' ? zones() : setting.kind === 'currency' ? currencies() : []), [setting.kind])
  if (setting.kind === 'choice')
    return (
      <Select
        label={label}
        value={value}
        choices={setting.choices.map((choice) => ({ value: choice, label: valueWords(setting, choice) }))}
        onChange={onChange}
        className="w-full justify-between!"
      />
    )
  if (many.length > 0) {
    const choices = many.some((choice) => choice.value === value) ? many : [{ value, label: value }, ...many]
    return <Combobox label={label} value={value} choices={choices} onChange={onChange} />
  }
  return (
    <div className="flex items-center gap-2">
      <TextInput
        autoFocus
        aria-label={label}
        aria-describedby={describedBy}
        aria-invalid={describedBy === undefined ? undefined : true}
        inputMode={setting.kind === 'number' ? 'decimal' : undefined}
        value={value}
        placeholder={setting.fallback === '' ? 'none' : valueTyped(setting.key, setting.fallback)}
        onChange={(event) => onChange(event.target.value)}
      />
      <span className="text-quiet">{unitOf(setting.key)}</span>
    </div>
  )
}
