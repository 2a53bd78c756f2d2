type Cells = Readonly<Record<string, string | number>>

/** A contract's terms from a day on, for worked examples: one subscription per account unless it is told otherwise. */
export const contract = (account_id: string, from: string, terms: Cells): Cells => ({
  subscription_id: `s ${account_id}`,
  account_id,
  effective_at: `${from}T12:00:00Z`,
  status: 'active',
  currency: 'USD',
  ...terms,
})

/** Where a customer came from. */
export const wonBy = (account_id: string, value: string): Cells => ({ account_id, attribute: 'acquisition_source', value })

/** A bill of a day that belongs to no subscription. */
export const bill = (account_id: string, day: string, amount: number): Cells => ({
  charge_id: `${account_id} ${day}`,
  account_id,
  charged_at: `${day}T12:00:00Z`,
  kind: 'one_off',
  amount,
  currency: 'USD',
})

/** CSMs with one account each, by what it pays a month and by how far they are ramped. */
export const csmsWith = (...books: readonly { readonly mrr: number; readonly ramp: number }[]) => ({
  csm: books.map(({ ramp }, i) => ({ csm_id: `c${i}`, ramp_factor: ramp })),
  csm_assignment: books.map((_, i) => ({ account_id: `a${i}`, csm_id: `c${i}` })),
  subscription_version: books.map(({ mrr }, i) => contract(`a${i}`, '2023-06-01', { unit_amount: mrr })),
})
