import { checkNorthStar } from '../books/north-star.ts'
import type { Contract } from '../contract/contract.ts'
import { notFound } from '../kernel/errors.ts'
import { isSettingKey } from '../kernel/settings.ts'
import { changeSetting, readSettingHistory, readSettingList } from '../workspace/settings.ts'
import type { PresentSetting } from '../workspace/settings.ts'
import type { Handlers } from './handler.ts'
import type { ApiParts } from './parts.ts'

const toEntry = ({ key, value, fallback, says, kind, choices, changed_at, rebuilds, shows }: PresentSetting) => ({
  key,
  value,
  fallback,
  says,
  kind,
  choices: [...(choices ?? [])],
  changed_at,
  rebuilds,
  shows: shows === true,
})

export const settingHandlers = (parts: ApiParts): Pick<Handlers<Contract>, 'listSettings' | 'changeSetting' | 'settingHistory'> => ({
  listSettings: async () => (await readSettingList(parts.workspace.db)).map(toEntry),
  async settingHistory({ params: { key } }) {
    if (!isSettingKey(key)) throw notFound('setting', key, 'List the settings to see their keys.')
    return readSettingHistory(parts.workspace.db, key)
  },
  /** Answered when the numbers follow the new value, so that the next question sees it. */
  async changeSetting({ params, body }, { asker, signal }) {
    if (params.key === 'north_star') await checkNorthStar(parts.books, { asker, signal }, body.value)
    const after = await changeSetting(parts.workspace.db, parts.clock, params.key, body.value)
    if (after.rebuilds) await parts.freshenLedgers()
    return toEntry(after)
  },
})
