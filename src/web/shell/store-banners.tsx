import { useMutation, useQuery } from '@tanstack/react-query'
import type { Losses } from '../../contract/settings.ts'
import { api, healthQuery, queryClient, toFailure } from '../api.ts'
import { counted } from '../format.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'

const SHOWN = 3

/** What is missing, of which file, and how many rows. */
function sayLosses({ total, items }: Losses): string {
  const said = items.slice(0, SHOWN).map(({ name, file, import_id, recorded, held, missing }) =>
    held === null ? `${name}: ${counted(recorded, 'row')} of ${file} (import ${import_id}) cannot be read` : `${name}: ${missing} of ${counted(recorded, 'row')} of ${file} (import ${import_id})`,
  )
  return `${said.join('; ')}${total > SHOWN ? `; and ${total - SHOWN} more` : ''}.`
}

function LossBanner({ losses }: { readonly losses: Losses }) {
  const restore = useMutation({ mutationFn: () => api.restoreLost({}), onSettled: () => queryClient.invalidateQueries() })
  const failure = restore.error === null ? null : toFailure(restore.error)
  if (losses.items.every(({ fact }) => fact === 'import_row'))
    return (
      <Banner tone="warning" title={`The fact store has lost ${counted(losses.rows, 'row')} of files as they stood.`}>
        {sayLosses(losses)} No number changes, but those rows cannot be opened any more, nor restored from. Bring back a backup, or undo the import and import its files again.
      </Banner>
    )
  return (
    <Banner
      tone="alarm"
      title={`The fact store has lost ${counted(losses.rows, 'recorded row')}.`}
      actions={
        <Button size="small" disabled={restore.isPending} onClick={() => restore.mutate()}>
          {restore.isPending ? 'Restoring' : 'Restore from kept rows'}
        </Button>
      }
    >
      {sayLosses(losses)} Numbers stay as they were last derived from all rows; none is derived from what is left.{' '}
      {failure === null ? 'Record the rows again from the kept rows of their files, or bring back a backup.' : `${failure.message} ${failure.cure}`}
    </Banner>
  )
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1_000_000)} MB`

/** What is wrong with the stores, above every page. */
export function StoreBanners() {
  const { data } = useQuery(healthQuery)
  const short = data?.disks.filter((disk) => disk.short) ?? []
  if (data === undefined || (data.losses.total === 0 && short.length === 0)) return null
  return (
    <div className="flex flex-col gap-2 px-4 pt-3 md:px-6">
      {data.losses.total > 0 && <LossBanner losses={data.losses} />}
      {short.map(({ place, free, floor }) => (
        <Banner key={place} tone="warning" title="The disk is nearly full: nothing new is recorded.">
          {megabytes(free)} are free at {place}, and {megabytes(floor)} are to stay free. All that was recorded is kept; free some space and go on.
        </Banner>
      ))}
    </div>
  )
}
