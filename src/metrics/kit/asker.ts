/** The accounts that somebody may be told of: all, or those that meet filters, written as a question writes them ("csm=jo"). */
export type AccountScope = 'all' | { readonly where: readonly string[] }

/** Who asks. Two askers get the same answer only where they may be told of the same accounts. */
export interface Asker {
  /** Null while there are no people. */
  readonly name: string | null
  readonly accounts: AccountScope
}

/** Whoever may be told of the whole company. */
export const WHOLE_COMPANY: Asker = { name: null, accounts: 'all' }

/** Equal for askers who may be told of the same accounts, and for no others: part of the key of everything that is kept. */
export const scopeKey = ({ accounts }: Asker): string => (accounts === 'all' ? 'all' : `where ${JSON.stringify([...new Set(accounts.where)].sort())}`)
