import { Building2, ChartNoAxesCombined, FileInput, HeartPulse, type LucideIcon, Settings2, Sigma, Sun } from 'lucide-react'

interface Place {
  readonly to: '/' | '/revenue' | '/accounts' | '/health/map' | '/metrics' | '/import' | '/settings'
  readonly name: string
  readonly icon: LucideIcon
  /** Other first words of the address that belong to it. */
  readonly also?: readonly string[]
}

/** The rail, at most eight. */
export const PLACES: readonly Place[] = [
  { to: '/', name: 'Today', icon: Sun, also: ['/signals'] },
  { to: '/accounts', name: 'Accounts', icon: Building2 },
  { to: '/health/map', name: 'Health', icon: HeartPulse, also: ['/health'] },
  { to: '/revenue', name: 'Revenue', icon: ChartNoAxesCombined },
  { to: '/metrics', name: 'Metrics', icon: Sigma },
  { to: '/import', name: 'Import', icon: FileInput, also: ['/imports'] },
  { to: '/settings', name: 'Settings', icon: Settings2 },
]

export const isAt = (place: Place, path: string): boolean =>
  (place.to === '/' && path === '/') || [place.to, ...(place.also ?? [])].some((start) => start !== '/' && (path === start || path.startsWith(`${start}/`)))
