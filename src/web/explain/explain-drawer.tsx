import { Link2 } from 'lucide-react'
import type { ComponentProps } from 'react'
import { useCatalog } from '../api.ts'
import { formatPeriod, humanise } from '../format.ts'
import type { Question, Target } from '../question.ts'
import { useTitle } from '../title.ts'
import { IconButton } from '../ui/button.tsx'
import { Drawer } from '../ui/drawer.tsx'
import { Await } from '../ui/failure.tsx'
import { loadable } from '../ui/loadable.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { showToast } from '../ui/toast.tsx'
import { type Asked, numberAsked, useExplanation } from '../widgets/explanation.ts'
import type { Account as AccountView } from './account.tsx'
import { useEvidence } from './evidence.ts'
import { Explained } from './explained.tsx'
import type { Rows as RowsView } from './rows.tsx'

const room = () => <Skeleton className="m-4 h-80" />
const Account = loadable<ComponentProps<typeof AccountView>>(() => import('./account.tsx').then((module) => module.Account), room)
const Rows = loadable<ComponentProps<typeof RowsView>>(() => import('./rows.tsx').then((module) => module.Rows), room)

export interface ExplainDrawerProps {
  readonly question: Question
  /** The number that is explained, and how deep: the rows of one of its parts, an account. */
  readonly target: Target | null
  readonly rows: string | undefined
  readonly account: string | undefined
  readonly onRows: (part: string) => void
  /** Other rows in the same place. */
  readonly onPart: (part: string) => void
  readonly onAccount: (id: string) => void
  readonly onBack: () => void
  readonly onClose: () => void
}

/** What the drawer is about: the account, the rows, or the number. */
function useDrawerTitle({ question, target, rows, account }: ExplainDrawerProps): string {
  const catalog = useCatalog().data
  const evidence = useEvidence(account ?? '', question.reported_on)
  const metric = target === null ? '' : (catalog?.get(target.metric)?.name ?? humanise(target.metric))
  if (account !== undefined) return (evidence.isPlaceholderData ? undefined : evidence.data?.account.name) ?? 'Account'
  return rows === undefined ? metric : `${metric}: rows`
}

/** Explains a number, the rows behind it or an account. */
export function ExplainDrawer(props: ExplainDrawerProps) {
  const { question, target, rows, account, onBack, onClose } = props
  const title = useDrawerTitle(props)
  useTitle('drawer', title)
  return (
    <Drawer
      open
      onClose={onClose}
      onBack={target !== null && (rows !== undefined || account !== undefined) ? onBack : undefined}
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
      {account !== undefined ? <Account id={account} reportedOn={question.reported_on} /> : target !== null && <OfNumber {...props} target={target} />}
    </Drawer>
  )
}

function OfNumber({ question, target, rows, onRows, onPart, onAccount }: ExplainDrawerProps & { readonly target: Target }) {
  const asked = numberAsked(question, target)
  if (rows !== undefined) return <Rows metric={target.metric} asked={asked} part={rows} onPart={onPart} onAccount={onAccount} />
  return <Number metric={target.metric} asked={asked} onRows={onRows} onAccount={onAccount} />
}

interface NumberProps extends Pick<ExplainDrawerProps, 'onRows' | 'onAccount'> {
  readonly metric: string
  readonly asked: Asked
}

function Number({ metric, asked, onRows, onAccount }: NumberProps) {
  return (
    <div className="px-4 py-4">
      <Await query={useExplanation(metric, asked)} skeleton={<NumberSkeleton period={formatPeriod(asked)} />}>
        {(explanation) => <Explained explanation={explanation} asked={asked} onRows={onRows} onAccount={onAccount} />}
      </Await>
    </div>
  )
}

function NumberSkeleton({ period }: { readonly period: string }) {
  return (
    <div className="flex flex-col gap-4">
      <p className="text-quiet">{period}</p>
      <Skeleton className="h-9 w-40" />
      <Skeleton className="h-14" />
      <Skeleton className="h-28" />
      <Skeleton className="h-48" />
    </div>
  )
}
