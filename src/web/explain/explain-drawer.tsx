import { Link2 } from 'lucide-react'
import { useRouter } from '@tanstack/react-router'
import type { ComponentProps } from 'react'
import { useCatalog } from '../api.ts'
import { formatPeriod, humanise } from '../format.ts'
import { useCloseDrawer, useScreen, useSearchText, useSetSearch } from '../screen.ts'
import { one, readTarget, type Target } from '../search.ts'
import { IconButton } from '../ui/button.tsx'
import { Drawer } from '../ui/drawer.tsx'
import { Await } from '../ui/failure.tsx'
import { loadable } from '../ui/loadable.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { showToast } from '../ui/toast.tsx'
import type { Account as AccountView } from './account.tsx'
import { Explained } from './explained.tsx'
import { type Asked, questionOf, useExplanation } from './question.ts'
import type { Rows as RowsView } from './rows.tsx'

const room = () => <Skeleton className="m-4 h-80" />
const Account = loadable<ComponentProps<typeof AccountView>>(() => import('./account.tsx').then((module) => module.Account), room)
const Rows = loadable<ComponentProps<typeof RowsView>>(() => import('./rows.tsx').then((module) => module.Rows), room)

/** Explains the number, the rows or the account that the address names. */
export function ExplainDrawer() {
  const search = useSearchText()
  const screen = useScreen()
  const router = useRouter()
  const setSearch = useSetSearch()
  const close = useCloseDrawer()
  const catalog = useCatalog().data
  const target = readTarget(search)
  const [rows, account] = [one(search.rows), one(search.account)]
  const asked = target === null ? null : questionOf(screen, target)
  const name = target === null ? '' : (catalog?.get(target.metric)?.name ?? humanise(target.metric))
  const depth = account !== undefined ? 'account' : rows !== undefined ? 'rows' : 'number'
  const back = (): void => {
    if ((router.state.location.state.drawer ?? 0) > 1) router.history.back()
    else setSearch(depth === 'account' ? { account: undefined } : { rows: undefined }, { replace: true })
  }
  const canGoBack = target !== null && depth !== 'number'
  const title = depth === 'account' ? 'Account' : depth === 'rows' ? `${name}: rows` : name
  return (
    <Drawer
      open
      onClose={close}
      onBack={canGoBack ? back : undefined}
      title={title}
      actions={
        <IconButton
          label="Copy a link to this"
          onClick={() => void navigator.clipboard.writeText(location.href).then(() => showToast({ title: 'Link copied' }))}
        >
          <Link2 aria-hidden size={16} />
        </IconButton>
      }
    >
      {depth === 'account' && account !== undefined ? (
        <Account id={account} reportedOn={screen.reported_on} />
      ) : target !== null && asked !== null && depth === 'rows' && rows !== undefined ? (
        <Rows metric={target.metric} asked={asked} part={rows} />
      ) : (
        target !== null && asked !== null && <Number target={target} asked={asked} />
      )}
    </Drawer>
  )
}

function Number({ target, asked }: { readonly target: Target; readonly asked: Asked }) {
  const query = useExplanation(target.metric, asked)
  return (
    <div className="px-4 py-4">
      <Await
        query={query}
        skeleton={
          <div className="flex flex-col gap-4">
            <p className="text-quiet">{formatPeriod(asked)}</p>
            <Skeleton className="h-9 w-40" />
            <Skeleton className="h-14" />
            <Skeleton className="h-28" />
            <Skeleton className="h-48" />
          </div>
        }
      >
        {(data) => <Explained explanation={data} asked={asked} />}
      </Await>
    </div>
  )
}
