import type { SettingDefinition } from '../settings/setting.ts'
import { unitWords } from './units.ts'
import { formatValue } from './value.ts'
import type { Surface } from './value.ts'

/** What a stored tree is called. */
export function treeName(stored: string): string {
  try {
    return (JSON.parse(stored) as { name?: string }).name ?? ''
  } catch {
    return stored
  }
}

const inPercent = (value: string): string => formatValue('formula', Number(value), 'share')

/** The value of a setting as it can be typed again: a share in percent, anything else as it is stored. */
export const typedValue = ({ unit }: Pick<SettingDefinition, 'unit'>, value: string): string => (unit === 'share' && value !== '' ? inPercent(value) : value)

/** The value of a setting as it is read. The `terminal` prints what can be typed again; on the `screen` choices and numbers have words. */
export function settingWords(surface: Extract<Surface, 'screen' | 'terminal'>, definition: SettingDefinition, value: string): string {
  const { kind, unit, choiceNames } = definition
  if (value === '') return surface === 'terminal' ? '(empty)' : 'none'
  if (kind === 'tree') return treeName(value)
  if (surface === 'terminal' || unit === 'share') return typedValue(definition, value)
  if (unit !== undefined) return `${value}${unitWords(unit).after[value === '1' ? 0 : 1]}`
  return kind === 'choice' ? (choiceNames?.[value] ?? value.replaceAll('_', ' ')) : value
}
