/** The worked example `ttv_km` as facts: accounts that start on one day and reach or leave so many days later. */
const START = Date.UTC(2024, 2, 1, 12)
const after = (days: number): string => new Date(START + days * 86_400_000).toISOString()

/** Days, and whether it was reached; otherwise the account left then. */
export type Watched = readonly (readonly [days: number, reached: boolean])[]

export const KM: Watched = [
  [3, true],
  [5, true],
  [5, true],
  [8, true],
  [12, false],
  [14, true],
  [20, false],
  [21, true],
  [30, false],
  [30, false],
]
export const KM_NOT_REACHED: Watched = [
  [3, true],
  [9, false],
  [9, false],
]

/** Customers of the watched days who use the feature `uses` times when they reach it. */
export function watchedFacts(watched: Watched, uses: number) {
  const version = (i: number, days: number, more: Record<string, string>) => ({
    subscription_id: `a${i}`,
    account_id: `a${i}`,
    effective_at: after(days),
    currency: 'USD',
    status: 'active',
    unit_amount: '10',
    ...more,
  })
  return {
    feature: [{ feature_id: 'f', entitlement: 'recorded', is_value: 'true' }],
    feature_entitlement: watched.map((_, i) => ({ account_id: `a${i}`, feature: 'f', entitled_from: after(0) })),
    subscription_version: watched.flatMap(([days, reached], i) => [
      version(i, 0, {}),
      ...(reached ? [] : [version(i, days, { status: 'ended', unit_amount: '0' })]),
    ]),
    usage_event: watched.flatMap(([days, reached], i) =>
      reached
        ? Array.from({ length: uses }, (_, use) => ({ account_id: `a${i}`, user_id: 'u', event: `use ${use}`, feature: 'f', occurred_at: after(days) }))
        : [],
    ),
  }
}
