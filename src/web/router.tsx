import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import type { AHEAD as Pages } from './ahead.ts'
import { overviewQuery, queryClient } from './api.ts'
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
    /** It sets nothing beside another period. */
    uncompared?: boolean
    /** The page is somebody's: the header offers whose. */
    who?: boolean
  }
  interface Register {
    router: typeof router
  }
}

/** What the page shows first is asked for when a link to it is pointed at; nothing waits for it. */
const ahead =
  (page: keyof typeof Pages) =>
  ({ location }: { location: { search: object; pathname: string } }): void => {
    // The first page asks for itself: nothing is known yet that would be asked sooner.
    if (queryClient.getQueryData(overviewQuery.queryKey) === undefined) return
    void import('./ahead.ts')
      .then(({ AHEAD }) => AHEAD[page]({ search: location.search as Search, id: decodeURIComponent(location.pathname.split('/')[2] ?? '') }))
      .catch(() => undefined)
  }

/** Every page keeps its state in the query string as plain text; each reads and checks its own values (address.ts). */
const root = createRootRoute({ component: Shell, notFoundComponent: LostPage, validateSearch: (search): Search => search as Search })

const today = createRoute({
  getParentRoute: () => root,
  path: '/',
  staticData: { title: 'Today', who: true },
  component: lazyRouteComponent(() => import('./pages/today/today-page.tsx'), 'TodayPage'),
})
const board = createRoute({
  getParentRoute: () => root,
  path: '/revenue',
  loader: ahead('board'),
  staticData: { title: 'Revenue', asks: true },
  component: lazyRouteComponent(() => import('./pages/revenue/revenue-page.tsx'), 'RevenuePage'),
})
const accountObjects = createRoute({
  getParentRoute: () => root,
  path: '/accounts/objects',
  staticData: { title: 'Lists', above: { to: '/accounts', name: 'Accounts' } },
  component: lazyRouteComponent(() => import('./pages/accounts/objects-page.tsx'), 'ObjectsPage'),
})
const account = createRoute({
  getParentRoute: () => root,
  path: '/accounts/$account',
  staticData: { title: 'Account', above: { to: '/accounts', name: 'Accounts' }, asks: true },
  component: lazyRouteComponent(() => import('./pages/account/account-page.tsx'), 'AccountPage'),
})
const metrics = createRoute({
  getParentRoute: () => root,
  path: '/metrics',
  loader: ahead('metrics'),
  staticData: { title: 'Metrics', asks: true },
  component: lazyRouteComponent(() => import('./pages/metrics/metrics-page.tsx'), 'MetricsPage'),
})
const metric = createRoute({
  getParentRoute: () => root,
  path: '/metrics/$id',
  loader: ahead('metric'),
  staticData: { title: 'Metric', above: { to: '/metrics', name: 'Metrics' }, asks: true },
  component: lazyRouteComponent(() => import('./pages/metrics/metric-page.tsx'), 'MetricPage'),
})
const accounts = createRoute({
  getParentRoute: () => root,
  path: '/accounts',
  staticData: { title: 'Accounts', asks: true, uncompared: true },
  component: lazyRouteComponent(() => import('./pages/accounts/accounts-page.tsx'), 'AccountsPage'),
})
const compareAccounts = createRoute({
  getParentRoute: () => root,
  path: '/accounts/compare',
  staticData: { title: 'Compare accounts', above: { to: '/accounts', name: 'Accounts' }, asks: true, uncompared: true },
  component: lazyRouteComponent(() => import('./pages/accounts/compare-page.tsx'), 'ComparePage'),
})
const signals = createRoute({
  getParentRoute: () => root,
  path: '/signals',
  staticData: { title: 'Signals', above: { to: '/', name: 'Today' } },
  component: lazyRouteComponent(() => import('./pages/signals/signals-page.tsx'), 'SignalsPage'),
})
const signal = createRoute({
  getParentRoute: () => root,
  path: '/signals/$id',
  staticData: { title: 'Signal', above: { to: '/signals', name: 'Signals' } },
  component: lazyRouteComponent(() => import('./pages/signals/signal-page.tsx'), 'SignalPage'),
})
const signalKind = createRoute({
  getParentRoute: () => root,
  path: '/signals/kinds/$id',
  staticData: { title: 'Kind of signal', above: { to: '/signals', name: 'Signals' } },
  component: lazyRouteComponent(() => import('./pages/signals/kind-page.tsx'), 'KindPage'),
})
const ownSignal = createRoute({
  getParentRoute: () => root,
  path: '/signals/own/$id',
  staticData: { title: 'Own signal', above: { to: '/signals', name: 'Signals' } },
  component: lazyRouteComponent(() => import('./pages/signals/own-page.tsx'), 'OwnPage'),
})
const importNew = createRoute({
  getParentRoute: () => root,
  path: '/import',
  loader: ahead('imports'),
  staticData: { title: 'Import' },
  component: lazyRouteComponent(() => import('./pages/import/import-page.tsx'), 'ImportPage'),
})
const importOne = createRoute({
  getParentRoute: () => root,
  path: '/import/$id',
  loader: ahead('import'),
  staticData: { title: 'Import', above: { to: '/import', name: 'Import' } },
  component: lazyRouteComponent(() => import('./pages/import/import-page.tsx'), 'ImportPage'),
})
const imports = createRoute({
  getParentRoute: () => root,
  path: '/imports',
  loader: ahead('imports'),
  staticData: { title: 'Imports' },
  component: lazyRouteComponent(() => import('./pages/imports/imports-page.tsx'), 'ImportsPage'),
})
const importPast = createRoute({
  getParentRoute: () => root,
  path: '/imports/$id',
  loader: ahead('import'),
  staticData: { title: 'Import', above: { to: '/imports', name: 'Imports' } },
  component: lazyRouteComponent(() => import('./pages/import/import-page.tsx'), 'ImportPage'),
})
const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  loader: ahead('settings'),
  staticData: { title: 'Settings' },
  component: lazyRouteComponent(() => import('./pages/settings/settings-page.tsx'), 'SettingsPage'),
})
const checks = createRoute({
  getParentRoute: () => root,
  path: '/checks',
  staticData: { title: 'Reconciliation' },
  component: lazyRouteComponent(() => import('./pages/checks/checks-page.tsx'), 'ChecksPage'),
})
const healthMap = createRoute({
  getParentRoute: () => root,
  path: '/health/map',
  staticData: { title: 'Health' },
  component: lazyRouteComponent(() => import('./pages/health-map/health-map-page.tsx'), 'HealthMapPage'),
})
const healthModels = createRoute({
  getParentRoute: () => root,
  path: '/health/models',
  staticData: { title: 'Health models', above: { to: '/health/map', name: 'Health' } },
  component: lazyRouteComponent(() => import('./pages/health-models/models-page.tsx'), 'HealthModelsPage'),
})
const healthModel = createRoute({
  getParentRoute: () => root,
  path: '/health/models/$id',
  staticData: { title: 'Health model', above: { to: '/health/models', name: 'Health models' } },
  component: lazyRouteComponent(() => import('./pages/health-models/model-page.tsx'), 'HealthModelPage'),
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
  routeTree: root.addChildren([
    today,
    board,
    accounts,
    accountObjects,
    account,
    compareAccounts,
    signals,
    signal,
    signalKind,
    ownSignal,
    healthMap,
    healthModels,
    healthModel,
    metrics,
    metric,
    importNew,
    importOne,
    imports,
    importPast,
    settings,
    checks,
    ...kit,
  ]),
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  defaultPreloadDelay: 100,
  scrollRestoration: true,
  scrollToTopSelectors: ['[data-scroll-restoration-id=page]'],
})
