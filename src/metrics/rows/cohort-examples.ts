const ALIVE = [1000, 631, 468, 382, 326] as const

/** A thousand yearly contracts of 2020; those who do not renew end on the anniversary (Fader and Hardie 2014). */
export const sbgCohort = Array.from({ length: ALIVE[0] }, (_, i) => {
  const version = (year: number, status: string, unit_amount: number) => ({
    subscription_id: `s${i}`,
    account_id: `a${i}`,
    effective_at: `${year}-03-10T12:00:00Z`,
    status,
    unit_amount,
    currency: 'USD',
    interval_unit: 'year',
  })
  const years = ALIVE.findIndex((alive) => i >= alive)
  return [version(2020, 'active', 1200), ...(years === -1 ? [] : [version(2020 + years, 'ended', 0)])]
}).flat()

/** Four contracts of January 2023, one of which was not renewed. */
export const laterCohort = Array.from({ length: 4 }, (_, i) => {
  const version = (day: string, status: string, unit_amount: number) => ({
    subscription_id: `l${i}`,
    account_id: `l${i}`,
    effective_at: `${day}T12:00:00Z`,
    status,
    unit_amount,
    currency: 'USD',
    interval_unit: 'year',
  })
  return [version('2023-01-10', 'active', 1200), ...(i === 0 ? [version('2024-01-10', 'ended', 0)] : [])]
}).flat()
