import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { OwnEntry, OwnSignal } from '../../../contract/signals.ts'
import { readRule } from '../../../kernel/rule/read-rule.ts'
import type { RuleFault } from '../../../kernel/rule/read-rule.ts'
import type { Rule, RuleMetric } from '../../../kernel/rule/rule.ts'
import { writeRule } from '../../../kernel/rule/write-rule.ts'
import { api, toFailure } from '../../api.ts'
import { counted, formatInstant } from '../../format.ts'
import { Button } from '../../ui/button.tsx'
import { Await, Failure } from '../../ui/failure.tsx'
import { Checkbox, Field, TextInput } from '../../ui/field.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { showToast } from '../../ui/toast.tsx'
import { RuleForm } from './rule-form.tsx'
import { RulePast } from './rule-past.tsx'

const NEW: OwnSignal = { name: '', says: '', class: 'risk', rule: '', expires: 90, is_on: true }

/** A signal made of metrics: its rule as a form and as a sentence, and what it would have said, before it is saved. */
export function OwnPage() {
  const { id } = useParams({ from: '/signals/own/$id' })
  const metrics = useQuery({ queryKey: ['rule metrics'], queryFn: ({ signal }) => api.ruleMetrics({}, signal), staleTime: Infinity })
  const versions = useQuery({
    queryKey: ['own signal', id],
    queryFn: async ({ signal }): Promise<readonly OwnEntry[]> => (id === 'new' ? [] : api.ownSignal({ params: { id } }, signal)),
  })
  return (
    <Page>
      <Await query={{ ...versions, isPlaceholderData: false }} skeleton={<Skeleton className="h-96" />}>
        {(known) => (
          <Await query={{ ...metrics, isPlaceholderData: false }} skeleton={<Skeleton className="h-96" />}>
            {(all) => <Editor key={`${id} ${known.length}`} id={id} versions={known} metrics={all} />}
          </Await>
        )}
      </Await>
    </Page>
  )
}

type Read =
  | { readonly rule: Rule; readonly fault: null }
  | { readonly rule: null; readonly fault: (RuleFault & { readonly says: string; readonly cure: string }) | null }

/** The rule that the sentence says, or where it cannot be read. */
function readSentence(text: string, metrics: readonly RuleMetric[]): Read {
  if (text.trim() === '') return { rule: null, fault: null }
  try {
    return { rule: readRule(text, metrics), fault: null }
  } catch (error) {
    const { message, cure, details } = toFailure(error)
    return { rule: null, fault: { ...(details as unknown as RuleFault), says: message, cure } }
  }
}

interface EditorProps {
  readonly id: string
  readonly versions: readonly OwnEntry[]
  readonly metrics: readonly RuleMetric[]
}

function Editor({ id, versions, metrics }: EditorProps) {
  const last = versions.at(-1)
  const [own, setOwn] = useState<OwnSignal>(last ?? NEW)
  const change = (part: Partial<OwnSignal>): void => setOwn((before) => ({ ...before, ...part }))
  const read = readSentence(own.rule, metrics)
  const tried = useMutation({ mutationFn: (rule: string) => api.tryRule({ body: { rule } }) })
  const isTried = tried.data !== undefined && read.rule !== null && tried.data.rule === writeRule(read.rule, metrics)
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="text-xl font-semibold">{last?.name ?? 'A signal of your own'}</h1>
        {last !== undefined && (
          <span className="text-sm text-quiet">
            Version {last.version}, {formatInstant(last.made_at)}
          </span>
        )}
      </div>
      <Section title="Rule" says="One condition over metrics of an account, checked at every close. The form and the sentence are the same rule.">
        <RuleForm rule={read.rule} isEmpty={own.rule.trim() === ''} metrics={metrics} onChange={(rule) => change({ rule: writeRule(rule, metrics) })} />
        <Sentence text={own.rule} read={read} onChange={(rule) => change({ rule })} />
        <div className="flex flex-wrap items-center gap-3">
          <Button busy={tried.isPending} disabled={read.rule === null} onClick={() => tried.mutate(own.rule)}>
            See whom it matches
          </Button>
          <span className="text-sm text-quiet">Before it is saved: today, and at the ends of the last twelve months.</span>
        </div>
        {tried.isError && <Failure error={tried.error} />}
        {isTried && tried.data !== undefined && <RulePast trial={tried.data} />}
      </Section>
      <About own={own} onChange={change} />
      <Save id={id} own={own} isTried={isTried || last?.rule === own.rule} versions={versions} />
    </>
  )
}

/** The rule as it is written, with a mark below the place that cannot be read. */
function Sentence({ text, read, onChange }: { readonly text: string; readonly read: Read; readonly onChange: (text: string) => void }) {
  const { fault } = read
  return (
    <Field
      label="As a sentence"
      says="For example: active_days_28 < 5 and arr > 10000. Metrics by name or id, of 28 days where the time matters; and, or, not, brackets."
      error={fault === null ? undefined : `${fault.says} ${fault.cure}`}
    >
      {(control) => (
        <div className="flex flex-col">
          <TextInput {...control} value={text} onChange={(event) => onChange(event.target.value)} spellCheck={false} className="font-mono" />
          {fault !== null && (
            <pre aria-hidden className="overflow-hidden px-[11px] text-alarm">
              {' '.repeat(fault.at)}
              {'^'.repeat(fault.length)}
            </pre>
          )}
        </div>
      )}
    </Field>
  )
}

function About({ own, onChange }: { readonly own: OwnSignal; readonly onChange: (part: Partial<OwnSignal>) => void }) {
  return (
    <Section title="What it is called">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Name">
          {(control) => <TextInput {...control} value={own.name} maxLength={60} onChange={(event) => onChange({ name: event.target.value })} />}
        </Field>
        <Field label="Ends after days" says="1 to 180.">
          {(control) => (
            <TextInput
              {...control}
              type="number"
              min={1}
              max={180}
              value={own.expires}
              onChange={(event) => onChange({ expires: Math.round(Number(event.target.value)) })}
            />
          )}
        </Field>
        <Field label="Why it matters" className="sm:col-span-2">
          {(control) => <TextInput {...control} value={own.says} onChange={(event) => onChange({ says: event.target.value })} />}
        </Field>
        <div className="flex flex-wrap items-center gap-4">
          <Segmented
            label="Class"
            value={own.class}
            choices={[
              { value: 'risk', label: 'Risk' },
              { value: 'opportunity', label: 'Opportunity' },
            ]}
            onChange={(next) => onChange({ class: next })}
          />
          <Checkbox label="Raise it from the next close on" checked={own.is_on} onChange={(event) => onChange({ is_on: event.target.checked })} />
        </div>
      </div>
    </Section>
  )
}

interface SaveProps {
  readonly id: string
  readonly own: OwnSignal
  readonly isTried: boolean
  readonly versions: readonly OwnEntry[]
}

function Save({ id, own, isTried, versions }: SaveProps) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const { name, says, class: of, rule, expires, is_on } = own
  const body = { name, says, class: of, rule, expires, is_on }
  const save = useMutation({
    mutationFn: () => (id === 'new' ? api.makeOwnSignal({ body }) : api.changeOwnSignal({ params: { id }, body })),
    onSuccess: async (saved) => {
      showToast({ title: `${saved.name}: version ${saved.version} is in force` })
      await Promise.all(['own signal', 'signal kinds', 'signals', 'today'].map((key) => client.invalidateQueries({ queryKey: [key] })))
      await navigate({ to: '/signals/own/$id', params: { id: saved.id }, replace: true })
    },
  })
  const isReady = name.trim() !== '' && isTried && expires >= 1 && expires <= 180
  return (
    <div className="flex flex-col gap-3">
      {save.isError && <Failure error={save.error} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button look="primary" busy={save.isPending} disabled={!isReady} onClick={() => save.mutate()}>
          {id === 'new' ? 'Save the signal' : 'Save a new version'}
        </Button>
        {!isTried && <span className="text-sm text-quiet">See whom it matches first.</span>}
        {versions.length > 1 && <span className="text-sm text-quiet">{counted(versions.length, 'version')} are kept.</span>}
      </div>
    </div>
  )
}
