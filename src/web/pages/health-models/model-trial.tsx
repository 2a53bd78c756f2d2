import { useQuery } from '@tanstack/react-query'
import type { HealthTrial } from '../../../contract/health-models.ts'
import { BAND_IDS } from '../../../kernel/words/health.ts'
import { formatValue } from '../../../kernel/words/value.ts'
import { api } from '../../api.ts'
import { Band } from '../../ui/band.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Section } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'

/** The customers of today by the draft, beside the models in force. */
export function ModelTrial({ text, isSound }: { readonly text: string; readonly isSound: boolean }) {
  const tried = useQuery({
    queryKey: ['health trial', text],
    queryFn: ({ signal }) => api.tryHealthModel({ body: { text } }, signal),
    enabled: isSound,
    placeholderData: (before) => before,
  })
  return (
    <Section
      title="What it would do today"
      says="All customers by this text, against the models in force. Bands are not held back here: that would hide the difference."
    >
      {tried.isError && <Failure error={tried.error} />}
      {tried.data === undefined ? !tried.isError && <Skeleton className="h-64" /> : <Told trial={tried.data} />}
    </Section>
  )
}

function Told({ trial }: { readonly trial: HealthTrial }) {
  const money = (value: number): string => formatValue('sentence', value, 'money', { currency: trial.currency })
  const cell = (before: string, after: string) => trial.matrix.find((each) => each.before === before && each.after === after)
  return (
    <div className="flex flex-col gap-6">
      <div className="overflow-x-auto" tabIndex={0} role="group" aria-label="Table, which can be moved sideways">
        <table className="w-full text-sm">
          <caption className="pb-2 text-left text-quiet">Who changes band: rows are now, columns are this text; accounts and ARR.</caption>
          <thead>
            <tr>
              <th scope="col" className="py-1 pr-3 text-left font-medium">
                Now
              </th>
              {BAND_IDS.map((band) => (
                <th key={band} scope="col" className="px-3 py-1 text-right font-medium">
                  <Band band={band} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {BAND_IDS.map((before) => (
              <tr key={before} className="border-t border-line">
                <th scope="row" className="py-1.5 pr-3 text-left font-normal">
                  <Band band={before} />
                </th>
                {BAND_IDS.map((after) => {
                  const found = cell(before, after)
                  return (
                    <td key={after} className={`num px-3 py-1.5 text-right ${before === after ? 'text-quiet' : ''}`}>
                      {found === undefined ? '–' : `${found.accounts}, ${money(found.arr)}`}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Distribution distribution={trial.distribution} />
    </div>
  )
}

function Distribution({ distribution }: Pick<HealthTrial, 'distribution'>) {
  return (
    <div className="overflow-x-auto" tabIndex={0} role="group" aria-label="Table, which can be moved sideways">
      <table className="w-full text-sm">
        <caption className="pb-2 text-left text-quiet">Accounts by score.</caption>
        <thead>
          <tr>
            <th scope="col" className="py-1 pr-3 text-left font-medium">
              Score
            </th>
            <th scope="col" className="px-3 py-1 text-right font-medium">
              Now
            </th>
            <th scope="col" className="px-3 py-1 text-right font-medium">
              This text
            </th>
          </tr>
        </thead>
        <tbody>
          {distribution.map(({ from, before, after }) => (
            <tr key={from} className="border-t border-line">
              <th scope="row" className="num py-1 pr-3 text-left font-normal">
                {from === 90 ? '90 to 100' : `${from} to under ${from + 10}`}
              </th>
              <td className="num px-3 py-1 text-right text-quiet">{before.accounts}</td>
              <td className="num px-3 py-1 text-right">{after.accounts}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
