import { SETTINGS } from '../../kernel/settings.ts'
import type { SettingDefinition } from '../../kernel/settings/setting.ts'
import type { Catalogue } from './catalogue.ts'

/** A metric that the words of another name, as they name it. */
export interface Mention {
  readonly metric: string
  readonly name: string
}

const MENTION = /\{(\w+)\}/g
const settings: Readonly<Record<string, SettingDefinition>> = SETTINGS

/**
 * The words of a definition name other metrics and settings by {id}, as its formula names what it counts. A person reads
 * the name that each has in the catalogue, in quotation marks. Throws on what neither a metric nor a setting is called.
 */
export const inWords = (text: string, { find }: Pick<Catalogue, 'find'>): string =>
  text.replace(MENTION, (_, id: string) => {
    const named = find(id) ?? settings[id]
    if (named === undefined) throw new Error(`neither a metric nor a setting is called ${id}`)
    return `"${named.name}"`
  })

/** The metrics that some words of a definition name, each once. */
export const mentionsIn = (texts: readonly string[], { find }: Pick<Catalogue, 'find'>): Mention[] =>
  [...new Set(texts.flatMap((text) => [...text.matchAll(MENTION)].map(([, id = '']) => id)))].flatMap((id) => {
    const metric = find(id)
    return metric === undefined ? [] : [{ metric: id, name: metric.name }]
  })
