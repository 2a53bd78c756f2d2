import type { TeamView as Team } from '../../../contract/today.ts'
import { counted, formatCount, formatMoney, formatValue } from '../../format.ts'
import { useWho } from '../../who.ts'
import { BandBar } from './band-bar.tsx'
import { Section } from '../../ui/page.tsx'
import { DayLines } from './day-lines.tsx'

/** As many lines as a manager reads at once; all of them are among the signals. */
const SHOWN = 15

/** The team: what each has and what waits, what nobody worked, and the line that hours draw. */
export function TeamView({ view }: { readonly view: Team }) {
  const { state, unworked, unworked_total, csms } = view
  const lines = csms.reduce((sum, { lines: n }) => sum + n, 0)
  const by_chance = unworked.some(({ chance }) => chance !== null && chance < 1)
  return (
    <>
      <Section title="CSMs" says={`${counted(lines, 'account')} wait for somebody. A name opens the day of the CSM.`}>
        <CsmTable csms={csms} currency={state.currency} />
      </Section>
      <div className="grid gap-x-10 gap-y-8 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Section
          title="Not worked for 7 days"
          says={
            unworked_total === 0
              ? 'Everything that was raised a week ago was worked, or skipped in writing.'
              : `${counted(unworked_total, 'account')}: neither a talk nor a task since, and not skipped in writing.`
          }
        >
          {unworked.length > 0 && <DayLines lines={unworked.slice(0, SHOWN)} currency={state.currency} by_chance={by_chance} total={unworked_total} compact />}
        </Section>
        <RedLine line={view.red_line} />
      </div>
    </>
  )
}

const HEAD = 'px-2 py-1.5 text-right text-sm font-normal whitespace-nowrap text-quiet first:pl-0 first:text-left last:pr-0'
const CELL = 'num px-2 py-2 text-right first:pl-0 first:text-left last:pr-0'

function CsmTable({ csms, currency }: { readonly csms: Team['csms']; readonly currency: string }) {
  const [, set] = useWho()
  return (
    <div className="overflow-x-auto">
      <table className="w-full min-w-[44rem] border-collapse">
        <thead className="border-b border-line">
          <tr>
            {['CSM', 'Accounts', 'ARR', 'By band, ARR', 'At risk in 90 days', 'Wait', 'Below the line', 'Skipped', 'Not worked for 7 days'].map((name) => (
              <th key={name} scope="col" className={HEAD}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {csms.map((csm) => (
            <tr key={csm.id} className="border-b border-line last:border-b-0">
              <th scope="row" className={`${CELL} font-normal`}>
                {csm.id === '' ? (
                  <span className="text-quiet">Nobody's</span>
                ) : (
                  <button
                    type="button"
                    onClick={() => set({ view: 'csm', csm: csm.id })}
                    className="font-medium underline decoration-edge underline-offset-3 hover:decoration-accent"
                  >
                    {csm.name}
                  </button>
                )}
              </th>
              <td className={CELL}>{formatCount(csm.accounts)}</td>
              <td className={CELL}>{formatMoney(csm.arr, currency, 0)}</td>
              <td className={`${CELL} w-48`}>
                <BandBar parts={csm.bands.map(({ band, accounts, arr }) => ({ band, size: arr, says: counted(accounts, 'account') }))} />
              </td>
              <td className={CELL}>
                {csm.at_risk === null ? (
                  <span className="text-faint" title="How likely they are to leave is not known yet">
                    –
                  </span>
                ) : (
                  formatMoney(csm.at_risk.expected_loss, currency, 0)
                )}
              </td>
              <td className={CELL}>{formatCount(csm.lines)}</td>
              <td className={CELL}>{formatCount(csm.below)}</td>
              <td className={CELL}>{formatCount(csm.skipped)}</td>
              <td className={`${CELL} ${csm.unworked > 0 ? 'text-bad' : ''}`}>{formatCount(csm.unworked)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const hours = (of: number): string => formatValue(of, 'hours', null, Number.isInteger(of) ? 0 : 1)
const scoreText = (score: number | null): string => (score === null ? '–' : formatValue(score, 'number', null, 1))

/** As many accounts a week as there are hours for, and how far up the scores that reaches. */
function RedLine({ line }: { readonly line: Team['red_line'] }) {
  const [now, ...others] = line.table
  if (now === undefined) return null
  const people = `${counted(now.csms, 'CSM')}${line.is_counted ? ' (those who own accounts)' : ''}`
  return (
    <Section
      title="Red line"
      says={`${people} × ${hours(now.usable_hours)} a week ÷ ${hours(line.hours_per_save)} for each save. Change these in the settings.`}
    >
      <p>
        There are hours for <strong className="num font-semibold">{counted(now.accounts, 'account')}</strong> a week
        {now.score === null ? '.' : `: all with a score of ${scoreText(now.score)} or less.`}
        {line.without_score > 0 && ` ${counted(line.without_score, 'account')} without a score stand beside it.`}
      </p>
      <table className="w-full max-w-md border-collapse">
        <thead className="border-b border-line">
          <tr>
            {['If there were', 'Accounts a week', 'Up to score'].map((name) => (
              <th key={name} scope="col" className={HEAD}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[now, ...others].map((row) => (
            <tr key={`${row.csms} ${row.usable_hours}`} className={`border-b border-line last:border-b-0 ${row === now ? 'font-medium' : ''}`}>
              <th scope="row" className={`${CELL} font-[inherit]`}>
                {counted(row.csms, 'CSM')}, {hours(row.usable_hours)}
                {row === now && <span className="font-normal text-quiet"> as it is</span>}
              </th>
              <td className={CELL}>{formatCount(row.accounts)}</td>
              <td className={CELL}>{scoreText(row.score)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}
