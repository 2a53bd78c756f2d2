import { Link } from '@tanstack/react-router'
import { useCarried } from '../../address.ts'
import { hrefOf } from '../../api.ts'
import { counted, formatCount } from '../../format.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { DownloadMenu } from '../../ui/download-menu.tsx'
import type { ListAsked } from './list-data.ts'
import { quoted } from './list-address.ts'
import type { Selection } from './selection.ts'

/** More than these do not stand side by side. */
export const MOST_COMPARED = 5
/** More ids than fit in an address are taken out as the whole list. */
const MOST_IN_ADDRESS = 200

interface SelectionBarProps {
  readonly selection: Selection
  readonly asked: ListAsked
  readonly sort: string
  readonly total: number
}

/** What can be done with the accounts that are chosen. Takes no room while none is. */
export function SelectionBar({ selection, asked, sort, total }: SelectionBarProps) {
  const carry = useCarried()
  const { all, count, ids } = selection
  if (count === 0) return null
  const where = all ? asked.where : [...asked.where, `account in (${[...ids].map(quoted).join(', ')})`]
  return (
    <div role="toolbar" aria-label="Chosen accounts" className="flex flex-wrap items-center gap-2 rounded-md bg-accent-soft px-3 py-1.5">
      <span className="num mr-2 font-medium" aria-live="polite">
        {counted(count, 'account')} chosen
      </span>
      {!all && count < total && (
        <Button size="small" look="quiet" onClick={selection.chooseAll}>
          Choose all {formatCount(total)}
        </Button>
      )}
      {!all && count >= 2 && count <= MOST_COMPARED && (
        <Link
          to="/accounts/compare"
          search={{ ...carry, ids: [...ids], columns: asked.column.join(',') || undefined }}
          className={buttonClass('plain', 'small')}
        >
          Compare
        </Link>
      )}
      {(all || count <= MOST_IN_ADDRESS) && (
        <DownloadMenu items={[{ label: counted(count, 'account'), href: (format) => hrefOf('exportAccounts', {}, { ...asked, where, sort, format }) }]} />
      )}
      <Button size="small" look="quiet" onClick={selection.clear}>
        Clear
      </Button>
    </div>
  )
}
