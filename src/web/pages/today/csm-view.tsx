import type { TodayView } from '../../../contract/today.ts'
import { counted, formatMoney } from '../../format.ts'
import { Section } from '../../ui/page.tsx'
import { Changes } from './changes.tsx'
import { DayLines } from './day-lines.tsx'
import { Deadlines } from './deadlines.tsx'
import { Holds } from './holds.tsx'
import { Learnt } from './learnt.tsx'
import { Lists } from './lists.tsx'
import { Skipped } from './skipped.tsx'

const orderWords = ({ work, state }: TodayView): string =>
  work.by_chance
    ? `In the order of what an hour is worth: ARR × the chance that it goes. ${work.budget} lines a day for each CSM.`
    : `By ARR alone (${state.currency}): how likely each is to leave is not known yet. ${work.budget} lines a day for each CSM.`

/** The day of one CSM, or everybody's. */
export function CsmView({ view }: { readonly view: TodayView }) {
  const { work, state, csm, accounts, deadlines, changes } = view
  const mine = csm === null ? counted(accounts.all, 'account') : `${accounts.mine} of ${counted(accounts.all, 'account')}: ${csm.name}'s`
  const atStake = work.lines.reduce((sum, { worth }) => sum + worth, 0)
  return (
    <>
      <Holds days={view.holds} />
      <div className="grid gap-x-10 gap-y-8 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="flex min-w-0 flex-col gap-8">
          <Section title="Needs you" says={`${mine}. ${orderWords(view)}`}>
            {work.lines.length === 0 ? (
              <p className="text-quiet">Nobody needs you today: no signal is open that was not skipped in writing.</p>
            ) : (
              <DayLines lines={work.lines} currency={state.currency} by_chance={work.by_chance} />
            )}
            {work.by_chance && work.lines.length > 1 && (
              <p className="text-sm text-quiet">{formatMoney(atStake, state.currency, 0)} of ARR may be expected to go from these accounts within 90 days.</p>
            )}
          </Section>
          {work.below_total > 0 && (
            <Section
              title="Below the line"
              says={`${counted(work.below_total, 'account')} beyond the day's budget. Skip in writing what can wait; what nobody works or skips for 7 days is told to the manager.`}
            >
              <DayLines lines={work.below} currency={state.currency} by_chance={work.by_chance} total={work.below_total} compact />
            </Section>
          )}
          <Skipped rows={work.skipped} />
        </div>
        <div className="flex min-w-0 flex-col gap-8">
          <Changes rows={changes.rows} total={changes.total} />
          <Deadlines rows={deadlines} currency={state.currency} />
          <Learnt learnt={view.learnt} />
          <Lists lists={view.lists} currency={state.currency} />
        </div>
      </div>
    </>
  )
}
