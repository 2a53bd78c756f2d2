import type { BinnacleClient } from '../contract/contract.ts'
import { notFound } from '../kernel/errors.ts'
import { LISTED_KEYS, SETTINGS } from '../kernel/settings.ts'
import { settingWords } from '../kernel/words/setting-values.ts'
import { printListing, printNote } from './output.ts'
import type { Format } from './output.ts'

type Setting = Awaited<ReturnType<BinnacleClient['listSettings']>>[number]

/** In a table the North Star is its name, not its whole tree; `json` and `csv` have every value as it is stored. */
function shownValue({ key, value }: Setting, format: Format): string {
  const known = LISTED_KEYS.find((listed) => listed === key)
  return format === 'table' && known !== undefined ? settingWords('terminal', SETTINGS[known], value) : value
}

const print = (format: Format, items: readonly Setting[]): void =>
  printListing(format, {
    items,
    none: 'There are no settings.',
    columns: [
      { title: 'setting', whole: true, cell: (item) => item.key },
      { title: 'value', cell: (item) => shownValue(item, format) || '(empty)' },
      { title: 'set', cell: (item) => item.changed_at?.slice(0, 10) ?? '' },
      { title: 'meaning', cell: (item) => item.says },
    ],
  })

/** `settings`, `settings KEY`, `settings KEY VALUE`. */
export async function runSettings(client: BinnacleClient, key: string | undefined, value: string | undefined, format: Format): Promise<void> {
  if (key === undefined) return print(format, await client.listSettings({}))
  if (value !== undefined) {
    const changed = await client.changeSetting({ params: { key }, body: { value } })
    if (changed.rebuilds) printNote('The ledgers are derived again with it.')
    return print(format, [changed])
  }
  const all = await client.listSettings({})
  const found = all.find((setting) => setting.key === key)
  if (found === undefined) throw notFound('setting', key, `Settings are: ${all.map((setting) => setting.key).join(', ')}.`)
  if (format === 'table' && found.choices.length > 0) printNote(`${key} is one of ${found.choices.join(', ')}.`)
  print(format, [found])
}
