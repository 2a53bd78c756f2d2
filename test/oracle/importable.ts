import { cell } from './company.ts'
import type { Company, Row } from './company.ts'

const isWeight = (text: string): boolean => text === '' || Number(text) >= 0
const isNps = (row: Row): boolean => cell(row, 'kind') === 'nps' && cell(row, 'item') === ''
const onScale = (score: string): string => String(Math.min(10, Math.max(0, Math.round(Number(score)))))

/** No hours and zones that an import refuses. */
function readable(row: Row): Row {
  const refused = Object.entries(row).filter(([, text]) => text === 'Moon/Base' || text === 'by appointment')
  return { ...row, ...Object.fromEntries(refused.map(([column]) => [column, ''])) }
}

/** The same company without what an import refuses, which may be stored from before it did. */
export const importable = (company: Company): Company => ({
  ...company,
  account_attribute: company.account_attribute.map((row) =>
    cell(row, 'attribute') === 'load_weight' && !isWeight(cell(row, 'value')) ? { ...row, value: '1' } : row,
  ),
  business_calendar: company.business_calendar.map(readable),
  survey_response: company.survey_response.map((row) => (isNps(row) ? { ...row, score: onScale(cell(row, 'score')) } : row)),
})
