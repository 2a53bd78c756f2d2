import { askAutopsy } from '../accounts/ask-autopsy.ts'
import { askChanges } from '../accounts/ask-changes.ts'
import { askFact } from '../accounts/ask-fact.ts'
import { askInput } from '../accounts/ask-input.ts'
import { askOverview } from '../accounts/ask-overview.ts'
import type { Overview } from '../accounts/ask-overview.ts'
import { askObjects } from '../accounts/objects/ask-objects.ts'
import { OBJECT_KINDS } from '../accounts/objects/object-kinds.ts'
import { askTimeline } from '../accounts/ask-timeline.ts'
import { TIMELINE_FILTERS } from '../accounts/timeline/timeline-kinds.ts'
import type { accountChangesOps } from '../contract/account-changes.ts'
import type { accountObjectOps } from '../contract/account-objects.ts'
import type { accountOverviewOps } from '../contract/account-overview.ts'
import type { accountTimelineOps } from '../contract/account-timeline.ts'
import type { Contract } from '../contract/contract.ts'
import { plainId } from '../kernel/ids.ts'
import { signById } from '../signals/signs.ts'
import type { Handlers } from './handler.ts'
import type { ApiNeeds } from './needs.ts'

type Ops = typeof accountObjectOps & typeof accountOverviewOps & typeof accountTimelineOps & typeof accountChangesOps

const nameOf = (kind: string): string => signById(kind)?.name ?? kind

/** Signals with what their kind is called. */
const toOverview = ({ signals, ...overview }: Overview) => ({
  ...overview,
  signals: signals.map(({ id, kind, sentence, raised_on, closed_on, close_reason, close_note }) => {
    const kindOf = signById(kind)?.class ?? 'risk'
    return { id, kind, name: nameOf(kind), class: kindOf, sentence, raised_on, closed_on, close_reason, close_note }
  }),
})

export const accountPageHandlers = ({ accounts }: ApiNeeds): Pick<Handlers<Contract>, keyof Ops> => ({
  accountOverview: async ({ params, query }, { asker, signal }) => toOverview(await askOverview(accounts, { asker, signal }, plainId(params.id), query)),
  async accountTimeline({ params, query: { reported_on, ...asked } }, { asker, signal }) {
    const { counts, ...page } = await askTimeline(accounts, { asker, signal }, plainId(params.id), { ...asked, reportedOn: reported_on })
    return { ...page, kinds: TIMELINE_FILTERS.map((kind) => ({ ...kind, count: counts[kind.id] ?? 0 })) }
  },
  async accountObjects({ query }, { asker, signal }) {
    const page = await askObjects(accounts.books, { asker, signal }, query)
    const kinds = OBJECT_KINDS.map(({ id, name, states }) => ({
      id,
      name,
      states: Object.entries(states).map(([state, { name: says }]) => ({ id: state, name: says })),
    }))
    return { kinds, page }
  },
  accountFact: ({ params, query }, { asker, signal }) => askFact(accounts, { asker, signal }, plainId(params.id), query),
  accountChanges: ({ params, query }, { asker, signal }) => askChanges(accounts, { asker, signal }, plainId(params.id), query.since),
  accountInput: ({ params, query }, { asker, signal }) => askInput(accounts, { asker, signal }, plainId(params.id), params.input, query),
  async accountAutopsy({ params }, { asker, signal }) {
    const autopsy = await askAutopsy(accounts, { asker, signal }, plainId(params.id))
    if (autopsy === null) return { autopsy }
    return { autopsy: { ...autopsy, then: toOverview(autopsy.then), signals: autopsy.signals.map((each) => ({ ...each, name: nameOf(each.kind) })) } }
  },
})
