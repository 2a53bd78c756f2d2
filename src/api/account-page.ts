import { askFact } from '../accounts/ask-fact.ts'
import { askOverview } from '../accounts/ask-overview.ts'
import { askTimeline } from '../accounts/ask-timeline.ts'
import { TIMELINE_FILTERS } from '../accounts/timeline/timeline-kinds.ts'
import type { accountOverviewOps } from '../contract/account-overview.ts'
import type { accountTimelineOps } from '../contract/account-timeline.ts'
import type { Contract } from '../contract/contract.ts'
import { plainId } from '../kernel/ids.ts'
import { signById } from '../signals/signs.ts'
import type { Handlers } from './handler.ts'
import type { ApiNeeds } from './needs.ts'

export const accountPageHandlers = ({ accounts }: ApiNeeds): Pick<Handlers<Contract>, keyof typeof accountOverviewOps | keyof typeof accountTimelineOps> => ({
  async accountOverview({ params, query }, { asker, signal }) {
    const { signals, ...overview } = await askOverview(accounts, { asker, signal }, plainId(params.id), query)
    const named = signals.map(({ id, kind, sentence, raised_on, closed_on, close_reason, close_note }) => {
      const sign = signById(kind)
      return { id, kind, name: sign?.name ?? kind, class: sign?.class ?? 'risk', sentence, raised_on, closed_on, close_reason, close_note }
    })
    return { ...overview, signals: named }
  },
  async accountTimeline({ params, query: { reported_on, ...asked } }, { asker, signal }) {
    const { counts, ...page } = await askTimeline(accounts, { asker, signal }, plainId(params.id), { ...asked, reportedOn: reported_on })
    return { ...page, kinds: TIMELINE_FILTERS.map((kind) => ({ ...kind, count: counts[kind.id] ?? 0 })) }
  },
  accountFact: ({ params, query }, { asker, signal }) => askFact(accounts, { asker, signal }, plainId(params.id), query),
})
