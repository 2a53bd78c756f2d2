import { History } from 'lucide-react'
import { useState } from 'react'
import { formatDay } from '../format.ts'
import type { AskProps } from './ask-props.ts'
import { Button } from '../ui/button.tsx'
import { Field, TextInput } from '../ui/field.tsx'
import { Popover } from '../ui/popover.tsx'

/** The two clocks: what had happened by a day, and what was recorded by a day. */
export function AsOfPicker({ question: { as_of, reported_on }, onChange }: AskProps) {
  const [open, setOpen] = useState(false)
  const label = [as_of === undefined ? '' : `as of ${formatDay(as_of)}`, reported_on === undefined ? '' : `as reported ${formatDay(reported_on.slice(0, 10))}`]
    .filter((text) => text !== '')
    .join(', ')
  return (
    <Popover
      label="As of"
      open={open}
      onOpenChange={setOpen}
      className="w-72"
      trigger={
        <Button className={label === '' ? '' : 'bg-accent-soft!'}>
          <History aria-hidden size={14} className="text-faint" />
          <span className={label === '' ? 'max-sm:sr-only' : ''}>{label === '' ? 'As of now' : label.charAt(0).toUpperCase() + label.slice(1)}</span>
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        <Field label="As of" says="Count only what had happened by the end of this day.">
          {(control) => (
            <TextInput
              {...control}
              type="date"
              value={as_of ?? ''}
              onChange={(event) => onChange({ as_of: event.target.value === '' ? undefined : event.target.value })}
            />
          )}
        </Field>
        <Field label="As reported on" says="Count only what had been recorded by the end of this day: an old report comes out as it was.">
          {(control) => (
            <TextInput
              {...control}
              type="date"
              value={reported_on?.slice(0, 10) ?? ''}
              onChange={(event) => onChange({ reported_on: event.target.value === '' ? undefined : event.target.value })}
            />
          )}
        </Field>
        {label !== '' && (
          <Button
            onClick={() => {
              onChange({ as_of: undefined, reported_on: undefined })
              setOpen(false)
            }}
          >
            Back to now
          </Button>
        )}
      </div>
    </Popover>
  )
}
