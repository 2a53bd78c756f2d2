import type { FactStore } from '../facts/store.ts'
import type { Day } from '../kernel/period.ts'
import { param, sql, table } from '../kernel/sql.ts'
import { DECISIONS } from '../ledgers/health-said.ts'
import type { AccountDay } from './account-day.ts'
import type { Contract } from './contracts.ts'
import { isPaying } from './contracts.ts'
import type { Decision, DecisionSource } from './decisions.ts'
import { accountDecisionOn, decisionsOf } from './decisions.ts'
import type { SnapshotMode } from './snapshot.ts'

/** A customer's decision to leave a contract, as days that were lived came to know it. */
export interface AccountDecision {
  readonly account_id: string
  readonly contract_id: string
  readonly decided_on: Day
  /** First day at whose close it was known. */
  readonly known_on: Day
  readonly source: DecisionSource
  /** By when it had to be taken; null where there is no deadline. */
  readonly deadline: Day | null
  /** What the contract brought a year, in the currency of the workspace; 0 without a rate. */
  readonly arr: number
  /** The account has decided about all that it ever paid for, this being the last of it. */
  readonly is_whole: boolean
  /** Day from which it is not in force any more: taken back, or no longer said by what is known. Null while it is. */
  readonly taken_back_on: Day | null
}

const keyOf = ({ contract_id, decided_on }: Pick<AccountDecision, 'contract_id' | 'decided_on'>): string => `${contract_id} ${decided_on}`

const isSame = (a: AccountDecision, b: AccountDecision | undefined): boolean =>
  b !== undefined && a.source === b.source && a.deadline === b.deadline && a.arr === b.arr && a.is_whole === b.is_whole && a.taken_back_on === b.taken_back_on

type RateOf = (currency: string) => number | null

function arrOf(contract: Contract, { day }: Decision, rateOf: RateOf): number {
  const terms = contract.findLast((each) => each.from <= day && isPaying(each))
  return terms === undefined ? 0 : 12 * terms.mrr * (rateOf(terms.currency) ?? 0)
}

/** What the close of a day makes of the decisions that were known of an account: those that are new or stand otherwise than before. */
export function decisionsLearnt({ facts, day, circumstances }: AccountDay, before: readonly AccountDecision[], rateOf: RateOf): AccountDecision[] {
  const known = new Map(before.map((decision) => [keyOf(decision), decision]))
  const whole = accountDecisionOn(facts.contracts, day, circumstances)
  const said = facts.contracts.flatMap((contract) =>
    decisionsOf(contract, day, circumstances)
      .filter((decision) => decision.day <= day)
      .map((decision): AccountDecision => {
        const key = { contract_id: decision.contract, decided_on: decision.day }
        return {
          account_id: facts.account,
          ...key,
          known_on: known.get(keyOf(key))?.known_on ?? day,
          source: decision.source,
          deadline: decision.deadline,
          arr: arrOf(contract, decision, rateOf),
          is_whole: whole !== null && whole.contract === decision.contract && whole.day === decision.day,
          taken_back_on: decision.revoked !== null && decision.revoked <= day ? decision.revoked : null,
        }
      }),
  )
  const isSaid = new Set(said.map(keyOf))
  const unsaid = before
    .filter((decision) => decision.taken_back_on === null && !isSaid.has(keyOf(decision)))
    .map((decision) => ({ ...decision, is_whole: false, taken_back_on: day }))
  return [...said.filter((decision) => !isSame(decision, known.get(keyOf(decision)))), ...unsaid]
}

/** Decisions as they are known last. */
export async function readDecisions(store: FactStore, mode: SnapshotMode, accounts?: readonly string[]): Promise<AccountDecision[]> {
  const some = accounts === undefined ? sql`1` : sql`account_id IN ${param('Array(String)', accounts)}`
  const rows = sql`
    SELECT account_id, contract_id, decided_on, known_on, source, deadline, arr, is_whole, taken_back_on
    FROM ${table(DECISIONS)} FINAL WHERE mode = ${param('String', mode)} AND ${some}`
  const found: AccountDecision[] = []
  for await (const chunk of store.readChunks<AccountDecision>(sql`SELECT * FROM ${store.shardLocal(rows)} ORDER BY account_id, decided_on, contract_id`))
    found.push(...chunk)
  return found
}

/** Written last counts. `writtenAt`: ISO, UTC; the close of the day, so that a day lived again changes nothing. */
export const appendDecisions = (store: FactStore, mode: SnapshotMode, decisions: readonly AccountDecision[], writtenAt: string): Promise<void> =>
  store.insert(
    DECISIONS,
    'account',
    decisions.map((decision) => ({ ...decision, mode, written_at: writtenAt })),
  )
