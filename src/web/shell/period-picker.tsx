import { CalendarRange, ChevronLeft, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { addDays, addMonths, isDay, type Period, previous, startOf, wholeMonths } from '../../kernel/period.ts'
import { usualPeriod } from '../../kernel/usual-period.ts'
import { useOverview } from '../api.ts'
import { formatPeriod, monthName } from '../format.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Field, TextInput } from '../ui/field.tsx'
import { Popover } from '../ui/popover.tsx'
import type { AskProps } from './ask-props.ts'

const same = (a: Period, b: Period): boolean => a.from === b.from && a.until === b.until

/** The period of the same length just after. */
function following(period: Period): Period {
  const months = wholeMonths(period)
  if (months !== null) return { from: period.until, until: addMonths(period.until, months) }
  const days = Math.round((Date.parse(period.until) - Date.parse(period.from)) / 86_400_000)
  return { from: period.until, until: addDays(period.until, days) }
}

/** Which period is asked for. The last day is shown as people say it: it belongs to the period. */
export function PeriodPicker({ question: { period }, onChange }: AskProps) {
  const [open, setOpen] = useState(false)
  const choose = (next: Period): void => {
    onChange({ period: next })
    setOpen(false)
  }
  return (
    <div className="flex items-center rounded-md border border-line">
      <IconButton label={`Earlier: ${formatPeriod(previous(period))}`} onClick={() => onChange({ period: previous(period) })} className="w-7!">
        <ChevronLeft aria-hidden size={14} />
      </IconButton>
      <Popover
        label="Choose a period"
        open={open}
        onOpenChange={setOpen}
        className="w-[19.5rem]"
        trigger={
          <Button look="quiet" className="px-1.5! text-ink!">
            <CalendarRange aria-hidden size={14} className="text-faint" />
            <span className="sr-only">Period: </span>
            {formatPeriod(period)}
          </Button>
        }
      >
        <PeriodChoices key={`${period.from}${period.until}`} period={period} onChoose={choose} />
      </Popover>
      <IconButton label={`Later: ${formatPeriod(following(period))}`} onClick={() => onChange({ period: following(period) })} className="w-7!">
        <ChevronRight aria-hidden size={14} />
      </IconButton>
    </div>
  )
}

function PeriodChoices({ period, onChoose }: { readonly period: Period; readonly onChoose: (period: Period) => void }) {
  const overview = useOverview().data
  const [year, setYear] = useState(Number(addDays(period.until, -1).slice(0, 4)))
  if (overview === undefined) return null
  const today = overview.today
  const month = startOf('month', today)
  const shortcuts: [string, Period][] = [
    ['Last 12 months', { from: addMonths(month, -12), until: month }],
    ['Last month', { from: addMonths(month, -1), until: month }],
    ['This month to date', { from: month, until: addDays(today, 1) }],
  ]
  const usual = usualPeriod(overview)
  if (!shortcuts.some(([, item]) => same(item, usual))) shortcuts.unshift([`Last year of facts`, usual])
  if (overview.first_day !== null)
    shortcuts.push([
      'Everything',
      {
        from: startOf('month', overview.first_day),
        until: overview.last_day === null || overview.last_day >= today ? addDays(today, 1) : addMonths(startOf('month', overview.last_day), 1),
      },
    ])
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-1">
        {shortcuts.map(([name, item]) => (
          <Button key={name} size="small" look={same(item, period) ? 'primary' : 'plain'} onClick={() => onChoose(item)} title={formatPeriod(item)}>
            {name}
          </Button>
        ))}
      </div>
      <YearGrid year={year} onYear={setYear} period={period} onChoose={onChoose} future={today} />
      <CustomPeriod period={period} onChoose={onChoose} />
    </div>
  )
}

interface YearGridProps {
  readonly year: number
  readonly onYear: (year: number) => void
  readonly period: Period
  readonly onChoose: (period: Period) => void
  /** Periods that begin after this day hold nothing yet. */
  readonly future: string
}

/** A year with its halves, quarters and months: each is one press. */
function YearGrid({ year, onYear, period, onChoose, future }: YearGridProps) {
  const piece = (first: number, length: number): Period => {
    const from = `${year}-${String(first + 1).padStart(2, '0')}-01`
    return { from, until: addMonths(from, length) }
  }
  const cell = (name: string, item: Period, className = '') => (
    <button
      key={name}
      type="button"
      aria-pressed={same(item, period)}
      disabled={item.from > future}
      onClick={() => onChoose(item)}
      className={`h-7 rounded-sm hover:bg-hover disabled:text-faint disabled:opacity-60 aria-pressed:bg-accent aria-pressed:text-on-accent ${className}`}
    >
      {name}
    </button>
  )
  return (
    <div>
      <div className="mb-1 flex items-center justify-between">
        <IconButton label={`${year - 1}`} size="small" onClick={() => onYear(year - 1)}>
          <ChevronLeft aria-hidden size={14} />
        </IconButton>
        {cell(`${year}`, piece(0, 12), 'px-3 font-medium')}
        <IconButton label={`${year + 1}`} size="small" onClick={() => onYear(year + 1)}>
          <ChevronRight aria-hidden size={14} />
        </IconButton>
      </div>
      <div className="grid grid-cols-5 gap-1 text-sm">
        {[0, 1, 2, 3].map((quarter) => (
          <div key={quarter} className="contents">
            {quarter % 2 === 0 ? cell(`H${quarter / 2 + 1}`, piece(quarter * 3, 6), 'row-span-2 h-full! bg-hover') : null}
            {cell(`Q${quarter + 1}`, piece(quarter * 3, 3), 'bg-hover')}
            {[0, 1, 2].map((month) => cell(monthName(quarter * 3 + month), piece(quarter * 3 + month, 1)))}
          </div>
        ))}
      </div>
    </div>
  )
}

function CustomPeriod({ period, onChoose }: { readonly period: Period; readonly onChoose: (period: Period) => void }) {
  const [from, setFrom] = useState(period.from)
  const [last, setLast] = useState(addDays(period.until, -1))
  const good = isDay(from) && isDay(last) && from <= last
  return (
    <form
      className="flex items-end gap-2 border-t border-line pt-3"
      onSubmit={(event) => {
        event.preventDefault()
        if (good) onChoose({ from, until: addDays(last, 1) })
      }}
    >
      <Field label="First day" className="min-w-0 flex-1 text-sm">
        {(control) => <TextInput {...control} type="date" value={from} onChange={(event) => setFrom(event.target.value)} className="px-1.5!" />}
      </Field>
      <Field label="Last day" className="min-w-0 flex-1 text-sm">
        {(control) => <TextInput {...control} type="date" value={last} onChange={(event) => setLast(event.target.value)} className="px-1.5!" />}
      </Field>
      <Button type="submit" disabled={!good}>
        Show
      </Button>
    </form>
  )
}
