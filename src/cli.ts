import { Command, CommanderError, Option } from 'commander'
import { resolve } from 'node:path'
import { withConnection } from './cli/connect.ts'
import { runAccounts } from './cli/accounts-command.ts'
import type { AccountsFlags } from './cli/accounts-command.ts'
import { runDocs } from './cli/docs-command.ts'
import { runDoctor } from './cli/doctor-command.ts'
import { EXIT, exitCodeOf } from './cli/exit.ts'
import type { ExitCode } from './cli/exit.ts'
import { runHealthApply, runHealthCheck, runHealthExport } from './cli/health-command.ts'
import type { HealthFlags } from './cli/health-command.ts'
import { runImport, runImports } from './cli/import-command.ts'
import type { ImportFlags } from './cli/import-command.ts'
import { runMetric } from './cli/metric-command.ts'
import type { MetricFlags } from './cli/metric-flags.ts'
import { runMetrics } from './cli/metrics-command.ts'
import type { MetricsFlags } from './cli/metrics-command.ts'
import { runSignals } from './cli/signals-command.ts'
import type { SignalsFlags } from './cli/signals-command.ts'
import { runToday } from './cli/today-command.ts'
import type { TodayFlags } from './cli/today-command.ts'
import { runMovements } from './cli/movements-command.ts'
import type { MovementsFlags } from './cli/movements-command.ts'
import { collect, formatOption, parseCount, parsePort, printNote } from './cli/output.ts'
import type { Format } from './cli/output.ts'
import { runRestore } from './cli/restore-command.ts'
import { runSql } from './cli/sql-command.ts'
import type { SqlFlags } from './cli/sql-command.ts'
import { runSettings } from './cli/settings-command.ts'
import { runRedo, runSample, runUndo } from './cli/undo-command.ts'
import type { BinnacleClient } from './contract/contract.ts'
import { GRAINS } from './kernel/period.ts'
import { LEVEL_IDS, METRIC_GROUPS } from './kernel/words/metrics.ts'
import { PACKS } from './metrics/catalogue/packs.ts'
import { DEFAULT_PORT } from './api/serve-until-stopped.ts'
import { VERSION, defaultDataDirectory, runServer } from './main.ts'

interface Common<F extends string = Format> {
  readonly data?: string
  readonly format: F
}

const EXIT_HELP = `
Exit codes: 0 done; 1 failed; 2 the command line is wrong; 3 an import has refused rows or files that cannot be read
(the others are recorded) or open questions (nothing is recorded); 4 an engine is missing, did not start or does not answer.`

const dataOption = (): Option => new Option('--data <dir>', `data directory (else BINNACLE_DATA, else ${defaultDataDirectory({})})`)
const directoryOf = (command: Command): string => resolve(command.optsWithGlobals<Common>().data ?? defaultDataDirectory(process.env))

function setExit(code: ExitCode): void {
  process.exitCode = code
}

/** A command that asks the server of the data directory, or this process in its place. */
const asking =
  <F extends Common<string> = Common>(work: (client: BinnacleClient, flags: F, given: string[]) => Promise<ExitCode | void>) =>
  async (...parameters: unknown[]): Promise<void> => {
    const command = parameters.at(-1) as Command
    const given = command.processedArgs.flat().filter((one): one is string => typeof one === 'string')
    const code = await withConnection(directoryOf(command), ({ client }) => work(client, command.optsWithGlobals<F>(), given))
    setExit(code ?? EXIT.ok)
  }

function addData(program: Command): void {
  program
    .command('import')
    .description('import CSV or NDJSON files; a folder stands for all its files, as one import')
    .argument('<path...>')
    .option('--as <fact>', 'the fact the files hold, when it should not be guessed; NAME=FACT for one file; may be repeated', collect)
    .option('--answer <key=value>', 'answer a question of the import; FILE:KEY=VALUE for one file; may be repeated', collect)
    .option('--without <name>', 'leave out a file of a folder; may be repeated', collect)
    .option('--mapping <file>', 'JSON: one mapping, or mappings by file name')
    .option('--dry-run', 'say what would change and how columns are read, and leave nothing behind')
    .addOption(formatOption(['table', 'json']))
    .addOption(dataOption())
    .action(asking<ImportFlags & Common>((client, flags, paths) => runImport(client, paths, flags)))
  program
    .command('imports')
    .description('list imports, the newest first')
    .addOption(formatOption())
    .addOption(dataOption())
    .action(asking((client, { format }) => runImports(client, format)))
  program
    .command('undo')
    .description('take back everything an import recorded, and say how many facts that is')
    .argument('<id>')
    .addOption(formatOption(['table', 'json']))
    .addOption(dataOption())
    .action(asking((client, { format }, [id = '']) => runUndo(client, id, format)))
  program
    .command('restore')
    .description('record again, from the kept rows of the files, what the fact store has lost')
    .addOption(formatOption())
    .addOption(dataOption())
    .action(asking((client, { format }) => runRestore(client, format)))
  program
    .command('redo')
    .description('record an undone import once more from its kept rows, as a new import')
    .argument('<id>')
    .addOption(formatOption(['table', 'json']))
    .addOption(dataOption())
    .action(asking((client, { format }, [id = '']) => runRedo(client, id, format)))
  program
    .command('sample')
    .description('load the sample company, which is invented, into an empty workspace')
    .addOption(formatOption(['table', 'json']))
    .addOption(dataOption())
    .action(asking((client, { format }) => runSample(client, format)))
  program
    .command('settings')
    .description('show settings, or change one; its history is kept')
    .argument('[key]')
    .argument('[value]')
    .addOption(formatOption())
    .addOption(dataOption())
    .action(asking((client, { format }, [key, value]) => runSettings(client, key, value, format)))
}

/** The metric and the question that `metric` answers and `sql` prints. */
const asksOneMetric = (command: Command): Command =>
  command
    .argument('<id>')
    .option('--from <day>', 'first day, YYYY-MM-DD; without a period the last twelve full months that hold facts')
    .option('--until <day>', 'day after the last day')
    .addOption(new Option('--grain <grain>', 'cut the period into a series').choices(GRAINS))
    .option('--by <dimension>', 'break down by it; may be given twice', collect)
    .option('--where <dimension=value>', 'filter; may be repeated', collect)
    .option('--as-of <day>', 'count only what had happened by the close of this day')
    .option('--reported-on <day>', 'count only what was recorded by the close of this day, or by this instant')

function addMetrics(program: Command): void {
  program
    .command('metrics')
    .description('list the metrics')
    .option('--level <level>', `only of one level: ${LEVEL_IDS.join(', ')}`)
    .option('--group <group>', `only of one group, by words of its title: ${METRIC_GROUPS.join(', ')}`)
    .option('--nature <nature>', 'only qualitative or quantitative ones')
    .option('--needs <fact>', 'only those that cannot do without a kind of facts')
    .option('--pack <type>', `only those that a business type looks at first: ${PACKS.map(({ id }) => id).join(', ')}`)
    .addOption(formatOption())
    .addOption(dataOption())
    .action(asking<MetricsFlags & Common>((client, flags) => runMetrics(client, flags)))
  asksOneMetric(program.command('metric').description('answer a metric for a period'))
    .addOption(new Option('--compare <with>', 'set beside the period before, or a year before').choices(['previous', 'year']))
    .option('--option <name=value>', 'an option of the metric; may be repeated', collect)
    .option('--interval', '95 % intervals')
    .option('--explain', 'how each number came about')
    .option('--rows', 'the rows behind it')
    .option('--change', 'why it is not what it was: steps from the other period (as reported, with --reported-on) that add up')
    .option('--against <from..until>', 'with --change, another period than --compare names; the same one, to follow a report')
    .option('--out <file>', 'save it as a file, or under a name of its own in a folder')
    .addOption(formatOption(['table', 'json', 'csv', 'parquet']))
    .addOption(dataOption())
    .action(asking<MetricFlags & Common<MetricFlags['format']>>((client, flags, [id = '']) => runMetric(client, id, flags)))
  asksOneMetric(program.command('sql').description('print the SQL of a question, which runs as it stands in the fact store'))
    .option('--option <name=value>', 'an option of the metric; may be repeated', collect)
    .addOption(dataOption())
    .action(asking<SqlFlags & Common>((client, flags, [id = '']) => runSql(client, id, flags)))
  program
    .command('movements')
    .description('list movements of MRR, the largest first')
    .option('--from <day>', 'first day, YYYY-MM-DD; without a period the last twelve full months that hold facts')
    .option('--until <day>', 'day after the last day')
    .option('--kind <kind>', 'new, expansion, contraction, churn or reactivation; may be repeated', collect)
    .option('--where <dimension=value>', 'filter; may be repeated', collect)
    .option('--as-of <day>', 'count only what had happened by the close of this day')
    .option('--reported-on <day>', 'count only what was recorded by the close of this day, or by this instant')
    .option('--out <file>', 'save it as a file, or under a name of its own in a folder')
    .addOption(formatOption(['table', 'json', 'csv', 'parquet']))
    .addOption(dataOption())
    .action(asking<MovementsFlags & Common<MovementsFlags['format']>>((client, flags) => runMovements(client, flags)))
}

function addAccounts(program: Command): void {
  program
    .command('accounts')
    .description('list accounts with any metric, attribute or sign of health as a column')
    .option('--columns <ids>', 'columns, parted by commas; METRIC@3m and METRIC[option=value] have a period and options of their own', collect)
    .option('--sort <column>', 'the column to sort by, - before it for the largest first (-arr unless given)')
    .option('--where <condition>', 'segment=SMB, "nrr < 0.9", "band in (red, amber)", "name contains acme", "nrr is missing"; may be repeated', collect)
    .addOption(
      new Option('--which <accounts>', 'those that pay on the day, did before, never have')
        .choices(['customers', 'former', 'prospects', 'all'])
        .default('customers'),
    )
    .option('--from <day>', 'first day of the period of what happens between two days; the twelve months that end with the day unless given')
    .option('--until <day>', 'day after the last day of that period')
    .option('--as-of <day>', 'the day of the list')
    .option('--reported-on <day>', 'count only what was recorded by the close of this day, or by this instant')
    .option('--limit <number>', 'the first so many (50 on the screen, all in a file)', parseCount)
    .option('--list-columns', 'every column that there is')
    .option('--out <file>', 'save it as a file, or under a name of its own in a folder')
    .addOption(formatOption(['table', 'json', 'csv', 'parquet']))
    .addOption(dataOption())
    .action(asking<AccountsFlags & Common<AccountsFlags['format']>>((client, flags) => runAccounts(client, flags)))
}

function addWork(program: Command): void {
  program
    .command('today')
    .description('who needs somebody today, and why, in the order of what an hour is worth')
    .option('--csm <csm>', 'only the accounts of one CSM, by id or name')
    .addOption(formatOption(['table', 'json']))
    .addOption(dataOption())
    .action(asking<TodayFlags & Common<TodayFlags['format']>>((client, flags) => runToday(client, flags)))
  program
    .command('signals')
    .description('list signals: why somebody should look, since when, and what became of it')
    .addOption(new Option('--state <state>', 'whether they are open').choices(['open', 'closed', 'all']).default('open'))
    .option('--kind <kind>', 'a kind by its id; may be repeated', collect)
    .option('--class <class>', 'risk, opportunity, data or decided; may be repeated', collect)
    .option('--account <id>', 'of one account; may be repeated', collect)
    .option('--csm <id>', 'of the accounts of one CSM')
    .option('--from <day>', 'first day on which they were raised')
    .option('--until <day>', 'day after the last day')
    .option('--limit <number>', 'the latest so many (50)', parseCount)
    .addOption(formatOption())
    .addOption(dataOption())
    .action(asking<SignalsFlags & Common>((client, flags) => runSignals(client, flags)))
}

function addService(program: Command): void {
  program
    .command('start')
    .description('start the server and print its address')
    .option('--port <port>', `port on the loopback interface (else ${DEFAULT_PORT}, or a free one when that is taken)`, parsePort)
    .addOption(dataOption())
    .action(async (_: unknown, command: Command) => {
      await runServer({
        dataDirectory: directoryOf(command),
        port: command.opts<{ port?: number }>().port,
        announce: (address) => process.stdout.write(`Binnacle is at ${address}\n`),
      })
    })
  program
    .command('doctor')
    .description('look whether everything is well')
    .addOption(formatOption(['table', 'json']))
    .addOption(dataOption())
    .action(async (_: unknown, command: Command) => setExit(await runDoctor(directoryOf(command), command.opts<Common>().format)))
}

function addHealth(program: Command): void {
  const health = program.command('health').description('health models as files, one for each, and one for the order in which accounts are given to them')
  const reads = (name: string, says: string): Command =>
    health.command(name).description(says).argument('<path...>', 'a folder, files, or - for standard input')
  health
    .command('export')
    .description('write the models in force and their order as files')
    .argument('<folder>', 'where; - prints them')
    .addOption(formatOption())
    .addOption(dataOption())
    .action(asking((client, { format }, [folder = '']) => runHealthExport(client, folder, format)))
  reads('check', 'say what is wrong in files of models, and what they would change')
    .addOption(formatOption())
    .addOption(dataOption())
    .action(asking<HealthFlags & Common>((client, flags, paths) => runHealthCheck(client, paths, flags)))
  reads('apply', 'save what files say otherwise than what is in force; all of them, or none where one is wrong')
    .option('--reason <why>', 'kept with every version that is made')
    .option('--dry-run', 'say what would change, and save nothing')
    .addOption(formatOption())
    .addOption(dataOption())
    .action(asking<HealthFlags & Common>((client, flags, paths) => runHealthApply(client, paths, flags)))
}

/** For those who work on the repository. */
function addUpkeep(program: Command): void {
  program
    .command('docs', { hidden: true })
    .description('write the references of metrics and files')
    .option('--check', 'only say whether it is up to date')
    .argument('[folder]', 'where', 'docs')
    .action((folder: string, { check }: { check?: boolean }) => setExit(runDocs(folder, check === true)))
}

function makeProgram(): Command {
  const program = new Command('binnacle')
    .description('Customer success metrics that explain themselves.')
    .version(VERSION)
    .addOption(dataOption())
    .showHelpAfterError('(binnacle --help lists the commands)')
    .addHelpText('after', EXIT_HELP)
    .exitOverride()
  addService(program)
  addData(program)
  addMetrics(program)
  addAccounts(program)
  addWork(program)
  addHealth(program)
  addUpkeep(program)
  return program
}

function sayError(error: unknown): void {
  const { message, cure = '', stack } = error as Error & { cure?: string }
  const ours = error instanceof Error && error.name === 'BinnacleError'
  printNote(`error: ${ours ? message : (stack ?? String(error))}`)
  if (cure !== '') printNote(`  ${cure}`)
}

/** Runs one command line. The exit code is left in `process.exitCode`, so that output still on its way is not cut off. */
export async function run(parameters: readonly string[]): Promise<void> {
  // A reader that closed the pipe (`| head`) has what it wanted.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.error))
  try {
    await makeProgram().parseAsync(parameters, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) return setExit(error.exitCode === 0 ? EXIT.ok : EXIT.usage)
    sayError(error)
    setExit(exitCodeOf(error))
  }
}
