import type { Contract } from '../contract/contract.ts'
import type { Answer } from '../contract/op.ts'
import type { KnownRecord } from '../signals/read-records.ts'

type Card = Answer<Contract['signalKind']>['cards'][number]

const plain = ({ of, n, rate, ci }: KnownRecord['base_rate']) => ({ of, n, rate, ci: ci === null ? null : ([ci[0], ci[1]] as [number, number]) })

/** The cards of a kind: none where it foretells nothing, or nothing was lived or replayed. Where there is too little to know its shares are null. */
export const cardsOf = (records: readonly KnownRecord[], kind: string): Card[] =>
  records.flatMap((record): Card[] => {
    const card = record.kinds.find((each) => each.kind === kind)
    if (card === undefined) return []
    const { enough, not_enough, verdicts, matured, lift, median_lead, median_lead_ci: ci } = card
    const decided = new Map(record.decisions.map(({ account, day }) => [account, day]))
    return [
      {
        mode: record.mode,
        from: record.from,
        until: record.until,
        verdicts: { ...verdicts },
        matured,
        decisions: record.rated,
        enough,
        not_enough,
        precision: enough ? plain(card.precision) : null,
        precision_acted: null,
        precision_untouched: null,
        recall: enough ? plain(card.recall) : null,
        base_rate: plain(record.base_rate),
        lift: enough ? lift : null,
        median_lead,
        median_lead_ci: ci === null ? null : [ci[0], ci[1]],
        missed: card.missed.map((account) => ({ account_id: account, name: account, decided_on: decided.get(account) ?? null })),
      },
    ]
  })
