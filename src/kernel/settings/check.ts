import { refuse } from '../errors.ts'
import { isZone } from '../period.ts'
import type { SettingDefinition } from './setting.ts'

/** A share as it is typed: "80 %" or 0.8. */
function readShare(text: string): number {
  const percent = /^(\S+?)\s*%$/.exec(text)?.[1]
  return percent === undefined ? Number(text) : Number((Number(percent) / 100).toPrecision(12))
}

/** The value of a setting as it is stored, or an error that says what is allowed. */
export function checkValue(key: string, definition: SettingDefinition, value: string): string {
  const text = value.trim()
  const bad = (cure: string) => refuse('bad_setting', `"${value}" does not fit the setting ${key}.`, cure)
  if (text === '') {
    if (definition.optional === true) return ''
    throw bad(`It cannot be empty; the usual value is "${definition.fallback}".`)
  }
  switch (definition.kind) {
    case 'choice':
      if (!(definition.choices ?? []).includes(text)) throw bad(`Choose one of ${(definition.choices ?? []).join(', ')}.`)
      return text
    case 'zone':
      if (!isZone(text)) throw bad('Give an IANA zone such as America/New_York or Europe/Berlin.')
      return text
    case 'currency':
      if (!Intl.supportedValuesOf('currency').includes(text.toUpperCase())) throw bad('Give the code of a currency (ISO 4217) such as USD or EUR.')
      return text.toUpperCase()
    case 'number': {
      const isShare = definition.unit === 'share'
      const number = isShare ? readShare(text) : Number(text)
      const [min, max] = [definition.min ?? -Infinity, definition.max ?? Infinity]
      if (!Number.isFinite(number) || number < min || number > max)
        throw bad(isShare ? `Give a share from ${min * 100} % to ${max * 100} %, as "80 %" or as 0.8.` : `Give a number from ${min} to ${max}.`)
      return String(number)
    }
    case 'weights': {
      const weights = text.split(',').map((item) => (item.trim() === '' ? NaN : Number(item)))
      if (weights.length !== definition.count || !weights.every((weight) => weight >= 0 && Number.isFinite(weight)) || !weights.some((weight) => weight > 0))
        throw bad(`Give ${definition.count} numbers, none below 0 and not all 0, with commas between them: ${definition.fallback}.`)
      return text
    }
    case 'days_by_name': {
      const [min, max] = [definition.min ?? 0, definition.max ?? Infinity]
      const days = text.split(',').map((pair) => /^\s*[^=\s][^=]*=\s*(\d+)\s*$/.exec(pair)?.[1])
      if (!days.every((each) => each !== undefined && Number(each) >= min && Number(each) <= max))
        throw bad(`Give names with days from ${min} to ${max}, with commas between them: Enterprise=30, SMB=180.`)
      return text
    }
    case 'list':
    case 'tree':
    case 'text':
      return text
  }
}
