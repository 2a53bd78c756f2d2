import type { ShownBand } from './bands.ts'
import { migrationMatrix } from './rescoring.ts'
import type { Cell } from './rescoring.ts'

/** What one model says of an account, without what is held. */
export interface Said {
  /** "default@1" */
  readonly model: string
  readonly score: number | null
  readonly band: ShownBand
}

/** A customer under the model in force and under another, on one day. */
export interface TriedAccount {
  readonly account_id: string
  readonly name: string
  /** 0 where no rate is known. */
  readonly arr: number
  readonly before: Said
  readonly after: Said
}

interface Sum {
  readonly accounts: number
  readonly arr: number
}

/** What would become of customers if a model were switched on. */
export interface Trial {
  readonly customers: Sum
  /** By band before and after; sums of the rows and columns of the matrix. */
  readonly bands: readonly { readonly band: ShownBand; readonly before: Sum; readonly after: Sum }[]
  /** Scores in tens: 0 to under 10, and 90 to 100 at last. Who has no score is in none. */
  readonly distribution: readonly { readonly from: number; readonly before: Sum; readonly after: Sum }[]
  readonly matrix: readonly Cell[]
  /** Those that change band, by ARR. */
  readonly changed: readonly TriedAccount[]
}

const ORDER: readonly ShownBand[] = ['red', 'amber', 'green', 'unknown']
const MOST_CHANGED = 50

const sumOf = (accounts: readonly TriedAccount[], which: (account: TriedAccount) => boolean): Sum => {
  const found = accounts.filter(which)
  return { accounts: found.length, arr: found.reduce((total, { arr }) => total + arr, 0) }
}

const tensOf = (score: number | null): number | null => (score === null ? null : Math.min(9, Math.floor(score / 10)) * 10)

export function trialOf(accounts: readonly TriedAccount[]): Trial {
  const byArr = (a: TriedAccount, b: TriedAccount): number => b.arr - a.arr || (a.account_id < b.account_id ? -1 : 1)
  return {
    customers: sumOf(accounts, () => true),
    bands: ORDER.map((band) => ({
      band,
      before: sumOf(accounts, ({ before }) => before.band === band),
      after: sumOf(accounts, ({ after }) => after.band === band),
    })),
    distribution: Array.from({ length: 10 }, (_, i) => ({
      from: i * 10,
      before: sumOf(accounts, ({ before }) => tensOf(before.score) === i * 10),
      after: sumOf(accounts, ({ after }) => tensOf(after.score) === i * 10),
    })),
    matrix: migrationMatrix(accounts.map(({ before, after, arr }) => ({ before: before.band, after: after.band, arr }))),
    changed: accounts
      .filter(({ before, after }) => before.band !== after.band)
      .toSorted(byArr)
      .slice(0, MOST_CHANGED),
  }
}
