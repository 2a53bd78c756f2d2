// Adds up a run: .ci/run calls it with the folder of reports and the exit codes of tests and checks.
import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

const [folder = '', tests = '1', checks = '1'] = process.argv.slice(2)
const report = join(folder, 'tests.json')
let [passed, failed] = [0, 0]
/** @type {{ file: string, seconds: number }[]} */
let slowest = []
if (existsSync(report)) {
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'))
  // A file that cannot even be loaded has no test to count.
  const broken = testResults.filter((file) => file.status === 'failed' && file.assertionResults.every((one) => one.status !== 'failed')).length
  passed = numPassedTests
  failed = numFailedTests + broken
  slowest = testResults
    .map((file) => ({ file: relative(process.cwd(), file.name), seconds: (file.endTime - file.startTime) / 1000 }))
    .toSorted((a, b) => b.seconds - a.seconds)
    .slice(0, 10)
}
// A run that failed without a failed test (no report, an error outside of tests) still failed.
if (tests !== '0' && failed === 0) failed = 1
if (checks === '0') passed++
else failed++

const said = readFileSync(join(folder, 'tests'), 'utf8').match(/^engines: this run used (.*)$/m)?.[1] ?? 'none'
const [used = 'none', missing] = said.split('; not used: ')
const kinds = used === 'none' ? [] : used.split(', ')
console.log('slowest files, in seconds, others running beside them:')
for (const { file, seconds } of slowest) console.log(`${seconds.toFixed(1).padStart(7)}  ${file}`)
console.log(
  `engine set-ups: ${kinds.length} of ${kinds.length + (missing?.split(', ').length ?? 0)} (${used})${missing === undefined ? '' : `, not run: ${missing}`}`,
)
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
