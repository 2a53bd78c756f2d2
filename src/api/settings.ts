import type { Contract } from '../contract/contract.ts'
import { changeSetting, readSettingList } from '../workspace/settings.ts'
import type { PresentSetting } from '../workspace/settings.ts'
import type { Handlers } from './handler.ts'
import type { ApiParts } from './parts.ts'

const toEntry = ({ key, value, fallback, says, kind, choices, changed_at, rebuilds }: PresentSetting) => ({
  key,
  value,
  fallback,
  says,
  kind,
  choices: [...(choices ?? [])],
  changed_at,
  rebuilds,
})

export const settingHandlers = ({ workspace, clock, freshenLedgers }: ApiParts): Pick<Handlers<Contract>, 'listSettings' | 'changeSetting'> => ({
  listSettings: async () => (await readSettingList(workspace.db)).map(toEntry),
  /** Answered when the numbers follow the new value, so that the next question sees it. */
  async changeSetting({ params, body }) {
    const after = await changeSetting(workspace.db, clock, params.key, body.value)
    if (after.rebuilds) await freshenLedgers()
    return toEntry(after)
  },
})
