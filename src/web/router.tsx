import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { parseSearch, type Search, stringifySearch } from './search.ts'
import type { Above } from './shell/header.tsx'
import { LostPage, Shell } from './shell/shell.tsx'

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    title?: string
    /** The page bears a name of its own, and stands below this one. */
    above?: Above
    /** The page answers for a period and filters: the header offers them. */
    asks?: boolean
  }
  interface Register {
    router: typeof router
  }
}

/** Every page keeps its state in the query string as plain text; each reads and checks its own values (address.ts). */
const root = createRootRoute({ component: Shell, notFoundComponent: LostPage, validateSearch: (search): Search => search as Search })

const board = createRoute({
  getParentRoute: () => root,
  path: '/',
  staticData: { title: 'Revenue', asks: true },
  component: lazyRouteComponent(() => import('./pages/revenue/revenue-page.tsx'), 'RevenuePage'),
})
const metrics = createRoute({
  getParentRoute: () => root,
  path: '/metrics',
  staticData: { title: 'Metrics', asks: true },
  component: lazyRouteComponent(() => import('./pages/metrics/metrics-page.tsx'), 'MetricsPage'),
})
const metric = createRoute({
  getParentRoute: () => root,
  path: '/metrics/$id',
  staticData: { title: 'Metric', above: { to: '/metrics', name: 'Metrics' }, asks: true },
  component: lazyRouteComponent(() => import('./pages/metrics/metric-page.tsx'), 'MetricPage'),
})
const importNew = createRoute({
  getParentRoute: () => root,
  path: '/import',
  staticData: { title: 'Import' },
  component: lazyRouteComponent(() => import('./pages/import/import-page.tsx'), 'ImportPage'),
})
const importOne = createRoute({
  getParentRoute: () => root,
  path: '/import/$id',
  staticData: { title: 'Import', above: { to: '/import', name: 'Import' } },
  component: lazyRouteComponent(() => import('./pages/import/import-page.tsx'), 'ImportPage'),
})
const imports = createRoute({
  getParentRoute: () => root,
  path: '/imports',
  staticData: { title: 'Imports' },
  component: lazyRouteComponent(() => import('./pages/imports/imports-page.tsx'), 'ImportsPage'),
})
const importPast = createRoute({
  getParentRoute: () => root,
  path: '/imports/$id',
  staticData: { title: 'Import', above: { to: '/imports', name: 'Imports' } },
  component: lazyRouteComponent(() => import('./pages/import/import-page.tsx'), 'ImportPage'),
})
const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  staticData: { title: 'Settings' },
  component: lazyRouteComponent(() => import('./pages/settings/settings-page.tsx'), 'SettingsPage'),
})
const checks = createRoute({
  getParentRoute: () => root,
  path: '/checks',
  staticData: { title: 'Reconciliation' },
  component: lazyRouteComponent(() => import('./pages/checks/checks-page.tsx'), 'ChecksPage'),
})
const kit = import.meta.env.DEV
  ? [
      createRoute({
        getParentRoute: () => root,
        path: '/dev/kit',
        staticData: { title: 'Kit' },
        component: lazyRouteComponent(() => import('./dev/kit-page.tsx'), 'KitPage'),
      }),
    ]
  : []

export const router = createRouter({
  routeTree: root.addChildren([board, metrics, metric, importNew, importOne, imports, importPast, settings, checks, ...kit]),
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  scrollRestoration: true,
  scrollToTopSelectors: ['[data-scroll-restoration-id=page]'],
})
