import { changeNorthStar, listNorthStars } from '../books/north-star.ts'
import { readNorthStar } from '../books/workspace-catalogue.ts'
import type { NorthStar } from '../books/books.ts'
import type { Contract } from '../contract/contract.ts'
import type { Answer } from '../contract/op.ts'
import { notFound } from '../kernel/errors.ts'
import { LISTED_KEYS, SETTINGS, isSettingKey } from '../kernel/settings.ts'
import type { SettingDefinition } from '../kernel/settings/setting.ts'
import { changeSetting, readSettingHistory, readSettingList } from '../workspace/settings.ts'
import type { Handlers } from './handler.ts'
import type { ApiNeeds } from './needs.ts'

/** Listed among the settings, so that whoever reads and changes those reaches it; its versions are kept by themselves. */
const NORTH_STAR = 'north_star'

type Entry = Answer<Contract['listSettings']>[number]

const toEntry = (key: string, definition: SettingDefinition, { value, changed_at }: Pick<Entry, 'value' | 'changed_at'>): Entry => {
  const { fallback, says, kind, choices, rebuilds, shows } = definition
  return { key, value, fallback, says, kind, choices: [...(choices ?? [])], changed_at, rebuilds, shows: shows === true }
}

const northStarEntry = ({ definition, made_at }: NorthStar): Entry => toEntry(NORTH_STAR, SETTINGS.north_star, { value: definition, changed_at: made_at })

export const settingHandlers = ({
  books,
  workspace,
  clock,
  freshenLedgers,
}: ApiNeeds): Pick<Handlers<Contract>, 'listSettings' | 'changeSetting' | 'settingHistory' | 'listNorthStars'> => ({
  async listSettings() {
    const [settings, northStar] = await Promise.all([readSettingList(workspace.db), readNorthStar(books)])
    const entries = new Map(
      [...settings.map((setting) => toEntry(setting.key, setting, setting)), northStarEntry(northStar)].map((entry) => [entry.key, entry]),
    )
    return LISTED_KEYS.flatMap((key) => entries.get(key) ?? [])
  },
  async settingHistory({ params: { key } }) {
    if (key === NORTH_STAR) return (await listNorthStars(books)).map(({ definition, made_at }) => ({ value: definition, changed_at: made_at }))
    if (!isSettingKey(key)) throw notFound('setting', key, 'List the settings to see their keys.')
    return readSettingHistory(workspace.db, key)
  },
  /** Answered when the numbers follow the new value, so that the next question sees it. */
  async changeSetting({ params, body }, { asker, signal }) {
    if (params.key === NORTH_STAR) return northStarEntry(await changeNorthStar(books, { asker, signal }, body.value))
    const after = await changeSetting(workspace.db, clock, params.key, body.value)
    if (after.rebuilds) await freshenLedgers()
    return toEntry(after.key, after, after)
  },
  listNorthStars: () => listNorthStars(books),
})
