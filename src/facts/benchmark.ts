import { choice, defineFact, id, instant, number, text } from './fact.ts'

export const benchmark = defineFact({
  id: 'benchmark',
  name: 'Benchmark',
  plural: 'benchmarks',
  says: 'What others have for a metric, with who says so, of what year, over how many and by which definition.',
  placement: 'everywhere',
  columns: {
    metric: id('Id of the metric, such as nrr', { required: true, aliases: ['metric_id', 'kpi', 'measure'] }),
    statistic: choice('What it is of those asked', {
      fallback: 'median',
      choices: {
        median: ['median', 'p50', 'middle'],
        mean: ['mean', 'average', 'avg'],
        top_quarter: ['top_quarter', 'top_quartile', 'p75', 'upper_quartile'],
        bottom_quarter: ['bottom_quarter', 'bottom_quartile', 'p25', 'lower_quartile'],
      },
    }),
    value: number('The value: 1.05 for 105 %, money in the reporting currency', { required: true, aliases: ['benchmark', 'benchmark_value'] }),
    segment: text('Whom it is about: companies of a size, a trade ...', { aliases: ['peer_group', 'cohort', 'industry'] }),
    publisher: text('Who published it, and where', { required: true, aliases: ['published_by', 'reference', 'study', 'report', 'citation'] }),
    year: number('Year it is about', { required: true, aliases: ['survey_year', 'of_year'], min: 1990, max: 2200 }),
    published_at: instant('When it was published', { aliases: ['date', 'published', 'published_on', 'publication_date'] }),
    n: number('How many were asked', { aliases: ['sample_size', 'companies', 'respondents'], min: 0 }),
    definition: text('Version of the definition here that it was counted by; empty when it is another or not said', {
      aliases: ['definition_version', 'version'],
    }),
    counted_how: text('How they count it, in words', { aliases: ['method', 'methodology', 'how'] }),
  },
  identity: [
    ['metric', 'publisher', 'year', 'statistic', 'segment'],
    ['metric', 'publisher', 'year'],
  ],
  effective: 'published_at',
  fileNames: ['benchmark', 'peer', 'industry_benchmark'],
})
