import type { AccountOverview } from '../../account-data.ts'
import { DASH, counted, formatCount, formatDay, formatMoney } from '../../format.ts'
import { CONTRACT_TYPES, DEADLINE_FLAGS, DECISION_SOURCES } from '../../../kernel/words/health.ts'
import { Section } from '../../ui/page.tsx'
import { Tag } from '../../ui/tag.tsx'
import { FactLink, useOpenFact } from './opened.tsx'

type Contract = AccountOverview['money']['contracts'][number]

const nameOf = ({ product, plan, contract }: Contract): string => [product, plan].filter((part) => part !== null).join(' ') || contract

const termOf = ({ term_months, interval_months, type }: Contract): string => {
  const billed = interval_months === 1 ? 'billed monthly' : interval_months === 12 ? 'billed yearly' : `billed every ${interval_months} months`
  const term = term_months === null || term_months <= 1 ? null : `${term_months} months`
  return [type === null ? null : CONTRACT_TYPES[type], term, billed].filter((part) => part !== null).join(' · ')
}

function Deadline({ contract }: { readonly contract: Contract }) {
  const { decision, deadline, days, flags, in_force, status } = contract
  if (decision !== null)
    return (
      <span>
        {DECISION_SOURCES[decision.source]} <span className="num">{formatDay(decision.day)}</span>
      </span>
    )
  if (!in_force) return <span className="text-quiet">{status.replaceAll('_', ' ')}</span>
  if (deadline === null) return <span className="text-quiet">Any month</span>
  return (
    <span className="flex flex-wrap items-baseline gap-x-2">
      <span className="num">{formatDay(deadline)}</span>
      <span className="num text-sm text-quiet">{days === null ? '' : days < 0 ? 'passed' : days === 0 ? 'today' : `in ${counted(days, 'day')}`}</span>
      {flags.map((flag) => (
        <Tag key={flag}>
          <span title={DEADLINE_FLAGS[flag].says}>{DEADLINE_FLAGS[flag].label}</span>
        </Tag>
      ))}
    </span>
  )
}

/** What it pays, contract by contract, and by when each must be decided about. */
export function Contracts({ money }: { readonly money: AccountOverview['money'] }) {
  const openFact = useOpenFact()
  const { contracts } = money
  const running = contracts.filter(({ in_force }) => in_force)
  return (
    <Section
      title="Contracts"
      says={
        running.length === 0
          ? 'None is in force.'
          : `${counted(running.length, 'contract')} in force${money.arr === null ? '; a rate is missing, so they do not add up' : `, ${formatMoney(money.arr, money.currency, 0)} a year`}.`
      }
    >
      {contracts.length > 0 && (
        <div className="overflow-x-auto">
          <table className="w-full min-w-120">
            <thead>
              <tr className="text-sm text-quiet">
                <th className="pb-1 pr-3">Contract</th>
                <th className="pb-1 pr-3 text-right!">MRR</th>
                <th className="pb-1 pr-3 text-right!">Seats</th>
                <th className="pb-1">Last day to opt out</th>
              </tr>
            </thead>
            <tbody>
              {contracts.map((contract) => (
                <tr key={contract.contract} className={`border-t border-line align-baseline ${contract.in_force ? '' : 'text-quiet'}`}>
                  <th scope="row" className="py-1.5 pr-3">
                    <FactLink fact={contract.fact} onOpen={openFact}>
                      {nameOf(contract)}
                    </FactLink>
                    <span className="block text-sm font-normal text-quiet">
                      {termOf(contract)} · since {formatDay(contract.since)}
                    </span>
                  </th>
                  <td className="num py-1.5 pr-3 text-right">{contract.in_force ? formatMoney(contract.mrr, contract.currency, 0) : DASH}</td>
                  <td className="num py-1.5 pr-3 text-right">{formatCount(contract.seats)}</td>
                  <td className="py-1.5">
                    <Deadline contract={contract} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  )
}
