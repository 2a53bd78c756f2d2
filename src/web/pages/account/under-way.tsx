import type { ReactNode } from 'react'
import type { AccountOverview } from '../../account-data.ts'
import { DASH, counted, formatDay, formatMoney, formatValue } from '../../format.ts'
import { Section } from '../../ui/page.tsx'
import { Tag } from '../../ui/tag.tsx'
import { FactLink, useOpenFact } from './opened.tsx'

function List({ title, says, children }: { readonly title: string; readonly says: string | null; readonly children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <h3 className="font-semibold">{title}</h3>
      {says !== null && <p className="text-sm text-quiet">{says}</p>}
      <ul className="flex flex-col">{children}</ul>
    </div>
  )
}

const Row = ({ children }: { readonly children: ReactNode }) => (
  <li className="flex flex-wrap items-baseline gap-x-3 border-t border-line py-1.5 first:border-t-0">{children}</li>
)

function Tickets({ work }: { readonly work: AccountOverview['work'] }) {
  const openFact = useOpenFact()
  return (
    <List title="Open tickets" says={work.tickets.length === 0 ? `None. ${counted(work.tickets_30, 'ticket')} opened in 30 days.` : null}>
      {work.tickets.slice(0, 8).map((ticket) => (
        <Row key={ticket.ticket}>
          <FactLink fact={ticket.fact} onOpen={openFact}>
            {ticket.subject ?? ticket.ticket}
          </FactLink>
          {ticket.priority === 'urgent' && <Tag tone="bad">Urgent</Tag>}
          <span className="num ml-auto text-sm text-quiet">{counted(ticket.days, 'day')}</span>
        </Row>
      ))}
    </List>
  )
}

function Invoices({ work }: { readonly work: AccountOverview['work'] }) {
  const openFact = useOpenFact()
  return (
    <List title="Invoices to be paid" says={work.invoices.length === 0 ? 'None is open.' : null}>
      {work.invoices.slice(0, 8).map((invoice) => (
        <Row key={invoice.invoice}>
          <FactLink fact={invoice.fact} onOpen={openFact}>
            {invoice.invoice}
          </FactLink>
          <span className="num">{invoice.amount === null ? DASH : formatMoney(invoice.amount, invoice.currency)}</span>
          <span className="num ml-auto text-sm text-quiet">
            {invoice.days > 0 ? `${counted(invoice.days, 'day')} late` : `due ${formatDay(invoice.due_on)}`}
          </span>
        </Row>
      ))}
    </List>
  )
}

function Outcomes({ account }: { readonly account: AccountOverview }) {
  const openFact = useOpenFact()
  const { outcomes } = account.work
  return (
    <List title="Outcomes" says={outcomes.length === 0 ? 'None is agreed.' : null}>
      {outcomes.map((outcome) => {
        const isOverdue = outcome.due_on !== null && outcome.due_on < account.as_of && outcome.closed_on === null && (outcome.attainment ?? 0) < 1
        return (
          <Row key={outcome.outcome}>
            <FactLink fact={outcome.fact} onOpen={openFact}>
              {outcome.name}
            </FactLink>
            {isOverdue && <Tag tone="bad">Overdue</Tag>}
            {outcome.closed_on !== null && <Tag>Closed</Tag>}
            <span className="num ml-auto text-sm text-quiet">
              {outcome.attainment === null ? 'never measured' : formatValue(outcome.attainment, 'share', null, 0)}
              {outcome.due_on === null ? '' : `, due ${formatDay(outcome.due_on)}`}
            </span>
          </Row>
        )
      })}
    </List>
  )
}

function Onboardings({ work }: { readonly work: AccountOverview['work'] }) {
  const openFact = useOpenFact()
  if (work.onboardings.length === 0) return null
  return (
    <List title="Onboarding" says={null}>
      {work.onboardings.map((each) => (
        <Row key={each.onboarding}>
          <FactLink fact={each.fact} onOpen={openFact}>
            Since {formatDay(each.started_on)}
          </FactLink>
          <span className="num text-sm text-quiet">{each.steps === 0 ? '' : `${each.done} of ${counted(each.steps, 'step')}`}</span>
          <span className="num ml-auto text-sm text-quiet">
            {each.finished_on === null
              ? each.agreed_end === null
                ? 'under way'
                : `agreed end ${formatDay(each.agreed_end)}`
              : `finished ${formatDay(each.finished_on)}`}
          </span>
        </Row>
      ))}
    </List>
  )
}

const STATES = { used: 'In use', idle: 'No longer used', never: 'Never used' } as const

function Services({ work }: { readonly work: AccountOverview['work'] }) {
  const { services } = work
  if (services.length === 0) return null
  const unused = services.filter(({ state }) => state !== 'used')
  return (
    <List
      title="Services"
      says={unused.length === 0 ? 'All that it may use is in use.' : `${unused.length} of ${services.length} that it may use are not in use.`}
    >
      {services
        .toSorted((a, b) => Number(a.state === 'used') - Number(b.state === 'used'))
        .slice(0, 10)
        .map((service) => (
          <Row key={service.service}>
            <span>{service.name}</span>
            {service.is_core && <Tag>Core</Tag>}
            <span className="num ml-auto text-sm text-quiet">
              {STATES[service.state]}
              {service.used_on === null ? '' : `, last ${formatDay(service.used_on)}`}
            </span>
          </Row>
        ))}
    </List>
  )
}

/** What is under way: tickets, invoices, outcomes, onboarding, and what it may use and does not. */
export function UnderWay({ account }: { readonly account: AccountOverview }) {
  return (
    <Section title="Under way">
      <div className="grid gap-x-10 gap-y-6 lg:grid-cols-2">
        <Tickets work={account.work} />
        <Invoices work={account.work} />
        <Outcomes account={account} />
        <Onboardings work={account.work} />
        <Services work={account.work} />
      </div>
    </Section>
  )
}
