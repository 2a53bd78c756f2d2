import { useMutation } from '@tanstack/react-query'
import { Bookmark, X } from 'lucide-react'
import { useState } from 'react'
import { api, queryClient } from '../../api.ts'
import { segmentsQuery, useSegments } from '../../segment-data.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Popover } from '../../ui/popover.tsx'
import { showToast } from '../../ui/toast.tsx'
import { READY_LISTS, type ListChoice } from './list-address.ts'

interface SegmentMenuProps {
  readonly choice: ListChoice
  /** All conditions of the list that is shown. */
  readonly where: readonly string[]
  /** Shows another list, in the place of all filters. */
  readonly onOpen: (choice: Omit<ListChoice, 'find'>) => void
}

/** Lists with a name: those that everybody needs, those that the team saved, and the way to save what is shown. */
export function SegmentMenu(props: SegmentMenuProps) {
  const [open, setOpen] = useState(false)
  return (
    <Popover
      label="Lists of accounts"
      open={open}
      onOpenChange={setOpen}
      align="end"
      className="w-80 max-w-[calc(100vw-2rem)]"
      trigger={
        <Button>
          <Bookmark aria-hidden size={14} className="text-faint" /> Lists
        </Button>
      }
    >
      <Lists {...props} onDone={() => setOpen(false)} />
    </Popover>
  )
}

const refresh = (): Promise<void> => queryClient.invalidateQueries({ queryKey: segmentsQuery.queryKey })

function Lists({ choice, where, onOpen, onDone }: SegmentMenuProps & { readonly onDone: () => void }) {
  const saved = useSegments().data ?? []
  const remove = useMutation({ mutationFn: (id: string) => api.removeSegment({ params: { id } }), onSuccess: refresh })
  const show = (list: Omit<ListChoice, 'find'>): void => {
    onOpen(list)
    onDone()
  }
  return (
    <div className="flex flex-col gap-3">
      <div role="group" aria-label="Ready" className="flex flex-col">
        {READY_LISTS.map(({ name, says, ...list }) => (
          <button key={name} type="button" title={says} onClick={() => show(list)} className="rounded-sm px-2 py-1 text-left hover:bg-hover">
            {name}
          </button>
        ))}
      </div>
      {saved.length > 0 && (
        <div role="group" aria-label="Saved" className="flex flex-col border-t border-line pt-2">
          {saved.map(({ id, name, accounts, where: filters, column, sort }) => (
            <div key={id} className="flex items-center gap-1">
              <button
                type="button"
                onClick={() => show({ which: accounts, filters, columns: column, sort: sort ?? undefined })}
                className="min-w-0 flex-1 truncate rounded-sm px-2 py-1 text-left hover:bg-hover"
              >
                {name}
              </button>
              <IconButton label={`Remove the list ${name}`} size="small" onClick={() => remove.mutate(id)}>
                <X aria-hidden size={12} />
              </IconButton>
            </div>
          ))}
        </div>
      )}
      <SaveForm choice={choice} where={where} onDone={onDone} />
    </div>
  )
}

function SaveForm({ choice, where, onDone }: Pick<SegmentMenuProps, 'choice' | 'where'> & { readonly onDone: () => void }) {
  const saved = useSegments().data ?? []
  const [name, setName] = useState('')
  const same = saved.find((segment) => segment.name === name.trim())
  const save = useMutation({
    mutationFn: () => {
      const body = { name: name.trim(), accounts: choice.which, where: [...where], column: [...choice.columns], sort: choice.sort ?? null }
      return same === undefined ? api.makeSegment({ body }) : api.changeSegment({ params: { id: same.id }, body })
    },
    onSuccess: async (segment) => {
      await refresh()
      showToast({ title: `Saved ${segment.name}`, says: 'It is a filter on every page, under Saved list.' })
      onDone()
    },
  })
  return (
    <form
      className="flex flex-col gap-1.5 border-t border-line pt-3"
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() !== '') save.mutate()
      }}
    >
      <div className="flex gap-2">
        <TextInput aria-label="Name of the list" placeholder="Name what is shown" value={name} onChange={(event) => setName(event.target.value)} />
        <Button type="submit" look="primary" busy={save.isPending} disabled={name.trim() === ''}>
          {same === undefined ? 'Save' : 'Save again'}
        </Button>
      </div>
      {save.isError && <p className="text-sm text-alarm">{save.error.message}</p>}
      <p className="text-sm text-quiet">Filters, columns and order. A saved list is usable wherever a filter is.</p>
    </form>
  )
}
