import { useOverview } from './api.ts'

/** The currency in which the workspace reports. */
export const useMoney = (): string => useOverview().data?.reporting_currency ?? 'USD'
