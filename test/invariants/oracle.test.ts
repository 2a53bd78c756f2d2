import { describe, expect, it } from 'vitest'
import { ORACLE_METRICS, oracle } from '../oracle/oracle.ts'
import { randomCompany } from '../oracle/random-company.ts'
import { propertiesOf } from './properties.ts'

/** The everyday run is short; `BINNACLE_COMPANIES=200` is the long one. */
const COMPANIES = Number(process.env['BINNACLE_COMPANIES'] ?? 60)

describe(`invariants on ${COMPANIES} random companies, answered by the oracle`, () => {
  for (const { id, says } of propertiesOf(ORACLE_METRICS, 0))
    it(`${id}: ${says}`, { timeout: 600_000 }, async () => {
      const broken: string[] = []
      for (let seed = 1; seed <= COMPANIES; seed++) {
        const { company, settings } = randomCompany(seed)
        const property = propertiesOf(ORACLE_METRICS, seed).find((each) => each.id === id)
        const found = await property?.check({ company, settings, answers: oracle(company, settings), load: oracle })
        broken.push(...(found ?? ['no such property']).map((line) => `seed ${seed}: ${line}`))
      }
      expect(broken.slice(0, 20)).toEqual([])
    })
})
