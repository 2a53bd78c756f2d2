import type { Losses } from '../../contract/settings.ts'
import { counted } from '../format.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'

interface Disk {
  readonly place: string
  readonly free: number
  readonly floor: number
  readonly short: boolean
}

interface Restoring {
  readonly isPending: boolean
  /** Why the last attempt failed, and what to do. */
  readonly failure: string | null
  readonly begin: () => void
}

const SHOWN = 3

/** What is missing, of which file, and how many rows. */
function sayLosses({ total, items }: Losses): string {
  const said = items
    .slice(0, SHOWN)
    .map(({ name, file, import_id, recorded, held, missing }) =>
      held === null
        ? `${name}: ${counted(recorded, 'row')} of ${file} (import ${import_id}) cannot be read`
        : `${name}: ${missing} of ${counted(recorded, 'row')} of ${file} (import ${import_id})`,
    )
  return `${said.join('; ')}${total > SHOWN ? `; and ${total - SHOWN} more` : ''}.`
}

function LossNotice({ losses, restoring }: { readonly losses: Losses; readonly restoring: Restoring }) {
  if (losses.items.every(({ fact }) => fact === 'import_row'))
    return (
      <Banner tone="warning" title={`The fact store has lost ${counted(losses.rows, 'row')} of files as they stood.`}>
        {sayLosses(losses)} No number changes, but those rows cannot be opened any more, nor restored from. Bring back a backup, or undo the import and import
        its files again.
      </Banner>
    )
  return (
    <Banner
      tone="alarm"
      title={`The fact store has lost ${counted(losses.rows, 'recorded row')}.`}
      actions={
        <Button size="small" disabled={restoring.isPending} onClick={restoring.begin}>
          {restoring.isPending ? 'Restoring' : 'Restore from kept rows'}
        </Button>
      }
    >
      {sayLosses(losses)} Numbers stay as they were last derived from all rows; none is derived from what is left.{' '}
      {restoring.failure ?? 'Record the rows again from the kept rows of their files, or bring back a backup.'}
    </Banner>
  )
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1_000_000)} MB`

/** What is wrong with the stores. */
export function StoreNotices({ losses, disks, restoring }: { readonly losses: Losses; readonly disks: readonly Disk[]; readonly restoring: Restoring }) {
  const short = disks.filter((disk) => disk.short)
  if (losses.total === 0 && short.length === 0) return null
  return (
    <div className="flex flex-col gap-2 px-4 pt-3 md:px-6">
      {losses.total > 0 && <LossNotice losses={losses} restoring={restoring} />}
      {short.map(({ place, free, floor }) => (
        <Banner key={place} tone="warning" title="The disk is nearly full: nothing new is recorded.">
          {megabytes(free)} are free at {place}, and {megabytes(floor)} are to stay free. All that was recorded is kept; free some space and go on.
        </Banner>
      ))}
    </div>
  )
}
