import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { MetricEntry } from '../../contract/question.ts'
import { api, queryClient, useOverview } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Checkbox, Field, TextInput } from '../ui/field.tsx'
import type { Wanted } from '../ui/loadable.tsx'
import { showToast } from '../ui/toast.tsx'

interface Note {
  readonly day: string
  readonly text: string
  readonly metric: string
}

/** A note comes in as a file of one row: it has a source, a history and an undo like every fact. */
async function record(note: Note): Promise<void> {
  const { id } = await api.createImport({})
  await api.addFile({ params: { id }, query: { name: 'note.ndjson', as: 'note' }, upload: JSON.stringify(note) })
  await api.commitImport({ params: { id } })
}

/** Writes down what happened on a day, beside this metric or all of them. */
export function AddNote({ metric, wanted = false }: { readonly metric: MetricEntry } & Wanted) {
  const today = useOverview().data?.today ?? ''
  const [open, setOpen] = useState(wanted)
  const [day, setDay] = useState('')
  const [text, setText] = useState('')
  const [everywhere, setEverywhere] = useState(true)
  const add = useMutation({
    mutationFn: record,
    onSuccess: async () => {
      setOpen(false)
      setText('')
      showToast({ title: 'Noted', says: 'It stands on the time axis. Undo it under Imports.' })
      await queryClient.invalidateQueries({ queryKey: ['marks'] })
    },
  })
  const when = day === '' ? today : day
  const ready = /^\d{4}-\d{2}-\d{2}$/.test(when) && text.trim() !== ''
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        Add a note
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title="Add a note"
        says="What happened on a day and explains numbers."
        actions={
          <>
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button
              look="primary"
              busy={add.isPending}
              disabled={!ready}
              onClick={() => add.mutate({ day: when, text: text.trim(), metric: everywhere ? '' : metric.id })}
            >
              Add
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-4">
          <Field label="Day">{(control) => <TextInput {...control} type="date" value={when} onChange={(event) => setDay(event.target.value)} />}</Field>
          <Field label="What happened" error={add.error?.message}>
            {(control) => <TextInput {...control} value={text} onChange={(event) => setText(event.target.value)} />}
          </Field>
          <Checkbox label="Show it beside all metrics" checked={everywhere} onChange={(event) => setEverywhere(event.target.checked)} />
        </div>
      </Dialog>
    </>
  )
}
