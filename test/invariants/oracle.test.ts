import { describe, expect, it } from 'vitest'
import { sizeOf } from '../engines/size.ts'
import { ORACLE_METRICS, oracle } from '../oracle/oracle.ts'
import { randomCompany } from '../oracle/random-company.ts'
import { propertiesOf } from './properties.ts'
import type { Subject } from './subject.ts'

const COMPANIES = sizeOf('ORACLE_COMPANIES', 60, 400)

/** Built once, whichever properties ask of it. */
const subjects = Array.from({ length: COMPANIES }, (_, i): Subject => {
  const { company, settings } = randomCompany(i + 1)
  return { company, settings, answers: oracle(company, settings), load: oracle }
})

describe(`invariants on ${COMPANIES} random companies, answered by the oracle`, () => {
  for (const { id, says } of propertiesOf(ORACLE_METRICS, 0))
    it(`${id}: ${says}`, { timeout: 600_000 }, async () => {
      const broken: string[] = []
      for (const [i, subject] of subjects.entries()) {
        const property = propertiesOf(ORACLE_METRICS, i + 1).find((each) => each.id === id)
        const found = await property?.check(subject)
        broken.push(...(found ?? ['no such property']).map((line) => `seed ${i + 1}: ${line}`))
      }
      expect(broken.slice(0, 20)).toEqual([])
    })
})
