import { useState } from 'react'
import { addDays } from '../../../kernel/period.ts'
import { api, toFailure, useOverview } from '../../api.ts'
import { formatDay } from '../../format.ts'
import { useSignalStep } from '../../today-data.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, TextInput } from '../../ui/field.tsx'
import { showFailure, showToast } from '../../ui/toast.tsx'

interface Meant {
  readonly id: string
  readonly sentence: string
}

/** As long as something may be put off. */
const LONGEST = 30
const USUAL = 7

type Asking = 'not_so' | 'skip'

const WORDS = {
  not_so: {
    title: 'Not so',
    says: 'It is closed as a false alarm, and counts as one in the record of its kind.',
    label: 'Why is it not so?',
    act: 'Close as false alarm',
  },
  skip: { title: 'Skip in writing', says: 'It leaves the day and comes back on the day you choose, with your words.', label: 'Why can it wait?', act: 'Skip' },
} as const

/** What a person can say of signals of one account: dealt with, not so, or later. */
export function SignalActions({
  signals,
  name,
  size = 'small',
}: {
  readonly signals: readonly Meant[]
  readonly name: string
  readonly size?: 'small' | 'normal'
}) {
  const [asking, setAsking] = useState<Asking | null>(null)
  const done = useSignalStep(() => Promise.all(signals.map(({ id }) => api.closeSignal({ params: { id }, body: { reason: 'done' } }))))
  const close = (): void =>
    done.mutate(undefined, {
      onSuccess: () => showToast({ title: `${name} is done`, says: 'What holds again after 14 days is raised again.' }),
      onError: showFailure,
    })
  return (
    <span className="flex shrink-0 gap-1">
      <Button size={size} busy={done.isPending} onClick={close} aria-label={`Done: ${name}`}>
        Done
      </Button>
      <Button size={size} look="quiet" onClick={() => setAsking('not_so')} aria-label={`Not so: ${name}`}>
        Not so
      </Button>
      <Button size={size} look="quiet" onClick={() => setAsking('skip')} aria-label={`Skip in writing: ${name}`}>
        Skip
      </Button>
      {asking !== null && <SayWhy key={asking} asking={asking} signals={signals} name={name} onClose={() => setAsking(null)} />}
    </span>
  )
}

interface SayWhyProps {
  readonly asking: Asking
  readonly signals: readonly Meant[]
  readonly name: string
  readonly onClose: () => void
}

function SayWhy({ asking, signals, name, onClose }: SayWhyProps) {
  const today = useOverview().data?.today ?? ''
  const [reason, setReason] = useState('')
  const [until, setUntil] = useState(addDays(today, USUAL))
  const words = WORDS[asking]
  const step = useSignalStep(() =>
    Promise.all(
      signals.map(({ id }) =>
        asking === 'skip'
          ? api.skipSignal({ params: { id }, body: { reason, look_again_on: until } })
          : api.closeSignal({ params: { id }, body: { reason: 'not_so', note: reason } }),
      ),
    ),
  )
  const act = (): void =>
    step.mutate(undefined, {
      onSuccess: () => {
        showToast({ title: asking === 'skip' ? `${name} comes back on ${formatDay(until)}` : `${name}: closed as a false alarm` })
        onClose()
      },
    })
  return (
    <Dialog
      open
      onClose={onClose}
      title={`${words.title}: ${name}`}
      says={words.says}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" busy={step.isPending} disabled={reason.trim() === ''} onClick={act}>
            {words.act}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-3 p-px"
        onSubmit={(event) => {
          event.preventDefault()
          if (reason.trim() !== '') act()
        }}
      >
        <ul className="flex flex-col gap-1 text-sm text-quiet">
          {signals.map(({ id, sentence }) => (
            <li key={id}>{sentence}</li>
          ))}
        </ul>
        <Field label={words.label} error={step.isError ? `${toFailure(step.error).message} ${toFailure(step.error).cure}` : undefined}>
          {(control) => <TextInput {...control} value={reason} onChange={(event) => setReason(event.target.value)} />}
        </Field>
        {asking === 'skip' && (
          <Field label="Look again on" says={`Within ${LONGEST} days.`}>
            {(control) => (
              <TextInput
                {...control}
                type="date"
                min={addDays(today, 1)}
                max={addDays(today, LONGEST)}
                value={until}
                onChange={(event) => setUntil(event.target.value)}
              />
            )}
          </Field>
        )}
      </form>
    </Dialog>
  )
}
