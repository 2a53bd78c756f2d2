import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { defaultSettings } from '../../../src/kernel/settings.ts'
import { openFactStore } from '../../../src/stores/fact-store.ts'
import { openWorkspace } from '../../../src/stores/workspace.ts'
import { startTestEngines } from '../../engines/start.ts'
import { compare, sayDifference } from './compare.ts'
import type { Difference } from './compare.ts'
import { liveCompany } from './lived.ts'
import { NUMBERS } from './numbers.ts'
import { openDoor, readCompany, recordAll, settableClock } from './recorded-company.ts'
import { readRecordings } from './rig.ts'
import type { Asked, ToldCompany } from './told-company.ts'

/** Differences that are printed, and of one part at the most. */
const SHOWN = { all: 30, part: 8 } as const

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const note = (line: string): void => void process.stderr.write(`${line}\n`)

/** Records the company on stores of its own and reads it back. */
async function tellCompany(folder: string, { time_zone, reporting_currency }: Asked['settings']): Promise<ToldCompany> {
  const settings = { ...defaultSettings, time_zone, reporting_currency }
  const recordings = readRecordings(join(folder, 'company'), time_zone)
  const rows = recordings.reduce((sum, recording) => sum + recording.rows.length, 0)
  note(`recording ${rows} rows in ${recordings.length} batches ...`)
  const engines = await startTestEngines('private')
  try {
    const clock = settableClock()
    const facts = await openFactStore(engines.facts)
    const workspace = await openWorkspace(engines.workspaceUrl, clock)
    const door = openDoor(facts, workspace, clock, settings)
    await recordAll(door.appendFacts, clock, recordings)
    await door.idle()
    const company = await readCompany(facts, settings)
    await workspace.close()
    return company
  } finally {
    await engines.close()
  }
}

/** The first differences, of each part only some. */
function firstOf(differences: readonly Difference[]): Difference[] {
  const taken = new Map<string, number>()
  const first = differences.filter(({ path }) => {
    const part = path.split('.')[0] ?? ''
    taken.set(part, (taken.get(part) ?? 0) + 1)
    return (taken.get(part) ?? 0) <= SHOWN.part
  })
  return first.slice(0, SHOWN.all)
}

/**
 * Records a company of `FOLDER/company` as its columns say that it was told, works out every number of `FOLDER/expected.json` from
 * the stores, and prints how many are right. True when all are.
 */
export async function runGoldenHealth(folder: string): Promise<boolean> {
  const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Asked & Record<string, unknown>
  const company = await tellCompany(folder, expected.settings)
  note('living its days ...')
  const lived = await liveCompany(company, expected)
  const compared = Object.entries(expected).map(([part, each]) => compare(each, NUMBERS[part]?.(lived), part))
  const [of, differences] = [compared.reduce((sum, part) => sum + part.of, 0), compared.flatMap((part) => part.differences)]
  say(`${of - differences.length} of ${of} numbers right`)
  for (const difference of firstOf(differences)) say(sayDifference(difference))
  return differences.length === 0
}
