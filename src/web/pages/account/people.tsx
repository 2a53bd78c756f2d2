import { useState } from 'react'
import type { AccountOverview } from '../../account-data.ts'
import { DASH, counted, formatDay } from '../../format.ts'
import { Button } from '../../ui/button.tsx'
import { Section } from '../../ui/page.tsx'
import { Tag } from '../../ui/tag.tsx'
import { FactLink, useOpenFact } from './opened.tsx'

type Person = AccountOverview['people'][number]

const SHOWN = 8

const dayOr = (day: string | null): string => (day === null ? DASH : formatDay(day))

function saysOf(people: readonly Person[]): string {
  const there = people.filter(({ left_on }) => left_on === null)
  const quiet = there.filter((person) => person.quiet !== null)
  const champions = there.filter(({ is_champion }) => is_champion)
  const parts = [
    counted(there.length, 'person', 'people'),
    champions.length === 0 ? 'nobody is known to speak for the product' : counted(champions.length, 'champion'),
    quiet.length === 0 ? null : `${quiet.length} gone quiet`,
  ]
  return `${parts.filter((part) => part !== null).join(', ')}.`
}

/** Who is there, who decides, and who fell silent against the own rhythm. */
export function People({ people }: { readonly people: AccountOverview['people'] }) {
  const openFact = useOpenFact()
  const [all, setAll] = useState(false)
  if (people.length === 0)
    return (
      <Section title="People">
        <p className="text-quiet">Nobody is known at this account. Import contacts to see who decides and who fell silent.</p>
      </Section>
    )
  return (
    <Section title="People" says={saysOf(people)}>
      <div className="overflow-x-auto">
        <table className="w-full min-w-120">
          <thead>
            <tr className="text-sm text-quiet">
              <th className="pb-1 pr-3">Name</th>
              <th className="pb-1 pr-3">Last use</th>
              <th className="pb-1 pr-3">Last talk</th>
              <th className="pb-1">Last answer</th>
            </tr>
          </thead>
          <tbody>
            {(all ? people : people.slice(0, SHOWN)).map((person) => (
              <tr key={person.contact} className={`border-t border-line align-baseline ${person.left_on === null ? '' : 'text-quiet'}`}>
                <th scope="row" className="py-1.5 pr-3">
                  <span className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
                    <FactLink fact={person.fact} onOpen={openFact}>
                      {person.name}
                    </FactLink>
                    {person.is_champion && <Tag tone="accent">Champion</Tag>}
                    {person.is_executive && <Tag tone="accent">Decides</Tag>}
                    {person.left_on !== null && <Tag tone="bad">Left {formatDay(person.left_on)}</Tag>}
                    {person.quiet !== null && (
                      <Tag tone="bad">
                        <span title={`Usual gap ${Math.round(person.quiet.usual_gap)} days`}>Quiet for {counted(person.quiet.days, 'day')}</span>
                      </Tag>
                    )}
                  </span>
                  <span className="block text-sm font-normal text-quiet">{[person.role, person.email].filter((part) => part !== null).join(' · ')}</span>
                </th>
                <td className="num py-1.5 pr-3 whitespace-nowrap">{dayOr(person.used_on)}</td>
                <td className="num py-1.5 pr-3 whitespace-nowrap">{dayOr(person.touched_on)}</td>
                <td className="num py-1.5 whitespace-nowrap">
                  {person.answer === null ? DASH : `${person.answer.score} ${person.answer.kind.toUpperCase()}, ${formatDay(person.answer.day)}`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {people.length > SHOWN && (
        <span>
          <Button size="small" onClick={() => setAll(!all)}>
            {all ? 'Show fewer' : `Show all ${people.length}`}
          </Button>
        </span>
      )}
    </Section>
  )
}
