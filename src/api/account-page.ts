import { askFact } from '../accounts/ask-fact.ts'
import { askTimeline } from '../accounts/ask-timeline.ts'
import { TIMELINE_FILTERS } from '../accounts/timeline/timeline-kinds.ts'
import type { accountTimelineOps } from '../contract/account-timeline.ts'
import type { Contract } from '../contract/contract.ts'
import { plainId } from '../kernel/ids.ts'
import type { Handlers } from './handler.ts'
import type { ApiNeeds } from './needs.ts'

export const accountPageHandlers = ({ accounts }: ApiNeeds): Pick<Handlers<Contract>, keyof typeof accountTimelineOps> => ({
  async accountTimeline({ params, query: { reported_on, ...asked } }, { asker, signal }) {
    const { account_id, items, next, total, counts, cut } = await askTimeline(accounts, { asker, signal }, plainId(params.id), {
      ...asked,
      reportedOn: reported_on,
    })
    const kinds = TIMELINE_FILTERS.map((kind) => ({ ...kind, count: counts[kind.id] ?? 0 }))
    return { account_id, items: [...items], next, total, kinds, cut: [...cut] }
  },
  async accountFact({ params, query }, { asker, signal }) {
    const { versions, ...story } = await askFact(accounts, { asker, signal }, plainId(params.id), query)
    return { ...story, versions: versions.map((version) => ({ ...version, fields: [...version.fields] })) }
  },
})
