import { useState } from 'react'
import type { Result } from '../../contract/question.ts'
import { BarList } from '../charts/bar-list.tsx'
import { TimeSeries } from '../charts/time-series.tsx'
import { Waterfall } from '../charts/waterfall.tsx'
import { BAND_IDS } from '../../kernel/words/health.ts'
import { Band } from '../ui/band.tsx'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Combobox } from '../ui/combobox.tsx'
import { DataTable } from '../ui/data-table.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Failure } from '../ui/failure.tsx'
import { Checkbox, Field, TextInput } from '../ui/field.tsx'
import { Menu } from '../ui/menu.tsx'
import { Metric, Missing } from '../ui/metric.tsx'
import { Page, Section } from '../ui/page.tsx'
import { Progress } from '../ui/progress.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { Select } from '../ui/select.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { Tag } from '../ui/tag.tsx'
import { showToast } from '../ui/toast.tsx'
import { Hint } from '../ui/tooltip.tsx'

const base: Result = {
  metric: 'customer_retention_rate',
  version: '1',
  period: { from: '2024-06-01', until: '2024-07-01', label: '2024-06' },
  dims: {},
  value: 8 / 9,
  exact: null,
  numerator: 8,
  denominator: 9,
  n: 9,
  ci: [0.565, 0.98],
  ci_method: 'wilson',
  ci_says: '95 % interval',
  missing_rates: [],
  unit: 'share',
  currency: null,
  null_reason: null,
  flags: ['small_n'],
  parts: {},
  settings_hash: 'x',
  comparison: {
    period: { from: '2024-05-01', until: '2024-06-01', label: '2024-05' },
    value: 0.95,
    numerator: 19,
    denominator: 20,
    n: 20,
    change: -0.0611,
    alike: true,
    change_ci: [-0.3, 0.12],
  },
}
const FIGURES: readonly [name: string, result: Result | undefined][] = [
  ['Unclear change', base],
  ['Better', { ...base, flags: [], comparison: base.comparison === null ? null : { ...base.comparison, change: 0.08, change_ci: [0.02, 0.14] } }],
  ['Worse', { ...base, flags: ['partial'], comparison: base.comparison === null ? null : { ...base.comparison, change: -0.2, change_ci: [-0.3, -0.1] } }],
  ['No value', { ...base, value: null, ci: null, null_reason: 'no_opening_customers', flags: [] }],
  ['Money', { ...base, unit: 'money', currency: 'USD', value: 4205, exact: '4205.166667', ci: null, flags: ['restated'] }],
  ['On its way', undefined],
]
const CHOICES = ['Alpha', 'Beta', 'Gamma', 'Delta'].map((label) => ({ value: label.toLowerCase(), label, says: `What ${label} means` }))
const ROWS = Array.from({ length: 100_000 }, (_, i) => ({ id: `A${i}`, name: `Account ${i}`, mrr: (i * 7919) % 9000, day: `2024-0${1 + (i % 9)}-11` }))
const nothing = (): void => undefined

const months = Array.from({ length: 12 }, (_, i) => ({
  from: `2024-${String(i + 1).padStart(2, '0')}-01`,
  until: i === 11 ? '2025-01-01' : `2024-${String(i + 2).padStart(2, '0')}-01`,
  label: `2024-${String(i + 1).padStart(2, '0')}`,
}))
const series = months.map((period, i): Result => ({
  ...base,
  period,
  value: i === 4 ? null : 0.95 + Math.sin(i) / 30,
  ci: i === 4 ? null : [0.9 + Math.sin(i) / 30, 1 + Math.sin(i) / 30],
  null_reason: i === 4 ? 'no_opening_customers' : null,
  flags: i === 11 ? ['partial'] : [],
}))

/** Every control in its states, for the eye and for axe. Only in development. */
export function KitPage() {
  return (
    <Page wide>
      <Controls />
      <Section title="Figures">
        <div className="grid grid-cols-2 gap-6 lg:grid-cols-3">
          {FIGURES.map(([name, result]) => (
            <Metric
              key={name}
              name={name}
              says="What it means"
              result={result}
              better="up"
              comparedWith="May 2024"
              onOpen={nothing}
              note={result?.unit === 'share' ? '8 of 9' : null}
            />
          ))}
        </div>
        <p>
          A missing value in a line: <Missing reason="fx_missing" />, and <Hint says="It says more">a hint</Hint>. <Tag>Neutral</Tag>{' '}
          <Tag tone="accent">Accent</Tag> <Tag tone="good">Good</Tag> <Tag tone="bad">Bad</Tag> <Tag tone="alarm">Alarm</Tag>
        </p>
      </Section>
      <Section title="Bands">
        <p className="flex flex-wrap gap-4">
          {BAND_IDS.map((band, i) => (
            <Band key={band} band={band} score={band === 'unknown' ? null : 25 + 30 * i} />
          ))}
        </p>
      </Section>
      <Charts />
    </Page>
  )
}

function Charts() {
  return (
    <div className="grid gap-8 xl:grid-cols-2">
      <Section title="Series with a gap and an unfinished month">
        <TimeSeries name="Example" series={[{ id: 'a', name: 'Alpha', results: series }]} onOpen={nothing} base={1} />
      </Section>
      <Section title="Bridge with cut totals">
        <Waterfall
          name="Example bridge"
          currency="USD"
          onOpen={nothing}
          table={{ columns: ['Step', 'Amount'], rows: [['Opening', 98_000]] }}
          steps={[
            { id: 'o', name: 'Opening', kind: 'total', amount: 98_000, result: undefined },
            { id: 'n', name: 'New', kind: 'up', amount: 2_400, result: undefined },
            { id: 'c', name: 'Churn', kind: 'down', amount: -900, result: undefined },
            { id: 'e', name: 'Closing', kind: 'total', amount: 99_500, result: undefined },
          ]}
        />
      </Section>
      <Section title="Bars with a sign">
        <BarList
          name="Example bars"
          sentence="Three bars."
          signed
          columns={['Name', 'Value']}
          onOpen={nothing}
          items={[
            { id: 'a', name: 'Up', value: 0.02, text: '+2.0 pp' },
            { id: 'b', name: 'Down', value: -0.01, text: '−1.0 pp' },
            { id: 'c', name: 'All others', value: -0.004, text: '−0.4 pp', quiet: true },
          ]}
        />
      </Section>
      <Section title="100,000 rows">
        <DataTable
          label="Accounts"
          rows={ROWS}
          rowKey={(row) => row.id}
          onOpen={nothing}
          csv="accounts"
          tools
          maxHeight={260}
          columns={[
            { id: 'name', name: 'Account', value: (row) => row.name },
            { id: 'day', name: 'Since', value: (row) => row.day, width: 110 },
            { id: 'mrr', name: 'MRR', value: (row) => row.mrr, numeric: true, width: 110, total: '$450 M' },
          ]}
        />
      </Section>
    </div>
  )
}

function Controls() {
  const [choice, setChoice] = useState('alpha')
  const [tab, setTab] = useState('one')
  const [asking, setAsking] = useState(false)
  return (
    <Section title="Controls">
      <div className="flex flex-wrap items-center gap-2">
        <Button look="primary">Primary</Button>
        <Button>Plain</Button>
        <Button look="quiet">Quiet</Button>
        <Button look="danger">Danger</Button>
        <Button busy>Busy</Button>
        <Button disabled>Disabled</Button>
        <Button size="small">Small</Button>
        <Button onClick={() => setAsking(true)}>Dialog</Button>
        <Button onClick={() => showToast({ title: 'Import undone', says: '1,204 facts taken back', action: { label: 'Redo', onSelect: nothing } })}>
          Toast
        </Button>
        <Menu
          trigger={<Button>Menu</Button>}
          items={[
            { id: 'a', label: 'Do it', onSelect: nothing },
            { id: 'b', label: 'Delete it', onSelect: nothing, danger: true },
          ]}
        />
        <Select label="Letter" prefix="by" value={choice} choices={CHOICES} onChange={setChoice} />
        <Segmented label="Letter" value={choice} choices={CHOICES.slice(0, 3)} onChange={setChoice} />
        <Combobox label="Letter" value={choice} choices={CHOICES} onChange={setChoice} className="w-40" />
      </div>
      <Fields />
      <Tabs
        label="Views"
        value={tab}
        onChange={setTab}
        tabs={[
          { id: 'one', label: 'One', count: '12', panel: <p>The first</p> },
          { id: 'two', label: 'Two', panel: <EmptyState title="Nothing here yet">The second would be here.</EmptyState> },
        ]}
      />
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title="Stop the import?"
        says="1,204 rows that were read are thrown away. Nothing that counts is touched."
        actions={
          <Button look="primary" onClick={() => setAsking(false)}>
            Stop it
          </Button>
        }
      />
    </Section>
  )
}

function Fields() {
  return (
    <>
      <div className="grid gap-4 md:grid-cols-3">
        <Field label="Name" says="As people say it">
          {(control) => <TextInput {...control} />}
        </Field>
        <Field label="Days" error="Give a number from 0 to 365.">
          {(control) => <TextInput {...control} defaultValue="abc" />}
        </Field>
        <Checkbox label="Count it" defaultChecked className="self-center" />
      </div>
      <Banner title="Something to know." actions={<Button size="small">Act</Button>}>
        It is not urgent.
      </Banner>
      <Banner tone="good" title="Everything reconciles." />
      <Banner tone="warning" title="Something to mind." />
      <Failure error={new Error('The cable is out.')} onRetry={nothing} />
      <Progress label="Reading subscriptions.csv" done={420_000} total={1_000_000} unit="rows" says="about 40 s left" />
    </>
  )
}
