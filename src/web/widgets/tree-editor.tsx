import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { useCatalog } from '../api.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Combobox } from '../ui/combobox.tsx'
import { Checkbox, Field, TextInput } from '../ui/field.tsx'
import { Segmented } from '../ui/segmented.tsx'
import type { Choice } from '../ui/select.tsx'
import { useChangeSetting } from '../setting-data.ts'
import { emptyNode, toDraft, toStored, weightOf, withChild } from './tree-draft.ts'
import type { DraftNode } from './tree-draft.ts'

const KINDS: readonly Choice<'additive' | 'index'>[] = [
  { value: 'additive', label: 'Sum in one unit' },
  { value: 'index', label: 'Weighted index' },
]
const SIGNS: readonly Choice<'1' | '-1'>[] = [
  { value: '1', label: 'Adds' },
  { value: '-1', label: 'Takes away' },
]

interface TreeEditorProps {
  readonly stored: string
  readonly onDone: () => void
}

/** Edits the tree and saves it as a new version; what the server has against it stands below. */
export function TreeEditor({ stored, onDone }: TreeEditorProps) {
  const given = JSON.parse(stored) as { owner?: string }
  const [root, setRoot] = useState(() => toDraft(given))
  const [owner, setOwner] = useState(given.owner ?? '')
  const change = useChangeSetting('north_star')
  const metrics = [...(useCatalog().data?.values() ?? [])].filter(({ id }) => id !== 'north_star').map(({ id, name }) => ({ value: id, label: name }))
  const save = () => change.mutate(JSON.stringify({ ...toStored(root), ...(owner.trim() === '' ? {} : { owner: owner.trim() }) }), { onSuccess: onDone })
  return (
    <form
      className="flex flex-col gap-4 rounded-md border border-line p-4"
      aria-label="Edit the North Star"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Name">
          {(control) => <TextInput {...control} value={root.name} onChange={(event) => setRoot({ ...root, name: event.target.value })} />}
        </Field>
        <Field label="Owner">
          {(control) => <TextInput {...control} value={owner} placeholder="Who answers for it" onChange={(event) => setOwner(event.target.value)} />}
        </Field>
      </div>
      <Group node={root} metrics={metrics} onChange={setRoot} />
      {change.error !== null && (
        <p role="alert" className="text-sm text-alarm">
          {change.error.message} {'cure' in change.error ? String(change.error.cure) : ''}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" look="primary" busy={change.isPending}>
          Save
        </Button>
      </div>
    </form>
  )
}

interface NodeProps {
  readonly node: DraftNode
  readonly metrics: readonly Choice[]
  readonly onChange: (node: DraftNode) => void
}

/** The kind of a group and its parts. */
function Group({ node, metrics, onChange }: NodeProps) {
  const add = (child: DraftNode) => onChange({ ...node, children: [...node.children, child] })
  return (
    <div className="flex flex-col gap-3">
      <MadeUp node={node} metrics={metrics} onChange={onChange} />
      <ul className="flex flex-col gap-3">
        {node.children.map((child, i) => (
          // oxlint-disable-next-line react/no-array-index-key -- parts have no name of their own until they are saved
          <li key={i} className="flex flex-col gap-2 border-l-2 border-line pl-3">
            <Part
              node={child}
              parent={node.kind}
              metrics={metrics}
              onChange={(next) => onChange(withChild(node, i, next))}
              onRemove={() => onChange(withChild(node, i, null))}
            />
          </li>
        ))}
      </ul>
      <div className="flex gap-2">
        <Button size="small" onClick={() => add(emptyNode)}>
          <Plus aria-hidden size={14} /> Add a metric
        </Button>
        <Button size="small" look="quiet" onClick={() => add({ ...emptyNode, kind: 'additive', name: 'Group' })}>
          <Plus aria-hidden size={14} /> Add a group
        </Button>
      </div>
    </div>
  )
}

/** How the parts of a group make it up, and what they must come to. */
function MadeUp({ node, metrics, onChange }: NodeProps) {
  const weight = weightOf(node)
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <Segmented
        label={`How ${node.name || 'it'} is made up`}
        value={node.kind ?? 'additive'}
        choices={KINDS}
        onChange={(kind) => onChange({ ...node, kind })}
      />
      {node.kind === 'index' ? (
        <Checkbox
          label="Leave out parts without a value"
          checked={node.skip_missing}
          onChange={(event) => onChange({ ...node, skip_missing: event.target.checked })}
        />
      ) : (
        <div className="flex items-center gap-2 text-sm">
          <span className="text-quiet">Must add up to</span>
          <Combobox
            label="Must add up to"
            value={node.metric === '' ? null : node.metric}
            choices={metrics}
            placeholder="no metric"
            onChange={(metric) => onChange({ ...node, metric })}
            className="w-56"
          />
          {node.metric !== '' && (
            <IconButton label="Need not add up to a metric" size="small" onClick={() => onChange({ ...node, metric: '' })}>
              <X aria-hidden size={14} />
            </IconButton>
          )}
        </div>
      )}
      {node.kind === 'index' && <span className={`num text-sm ${weight === 100 ? 'text-quiet' : 'text-alarm'}`}>Weights: {weight} of 100</span>}
    </div>
  )
}

interface PartProps extends NodeProps {
  readonly parent: DraftNode['kind']
  readonly onRemove: () => void
}

function Part({ node, parent, metrics, onChange, onRemove }: PartProps) {
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        {parent !== 'index' && <Segmented label="Sign" value={node.sign} choices={SIGNS} onChange={(sign) => onChange({ ...node, sign })} />}
        {node.kind === null ? (
          <Combobox
            label="Metric"
            value={node.metric === '' ? null : node.metric}
            choices={metrics}
            placeholder="Choose a metric"
            onChange={(metric) => onChange({ ...node, metric })}
            className="w-72 max-w-[calc(100%-2rem)]"
          />
        ) : (
          <TextInput
            aria-label="Name of the group"
            className="w-72 max-w-[calc(100%-2rem)]"
            value={node.name}
            onChange={(event) => onChange({ ...node, name: event.target.value })}
          />
        )}
        {parent === 'index' &&
          (['weight', 'floor', 'target'] as const).map((key) => (
            <label key={key} className="flex items-center gap-1.5 text-sm text-quiet">
              {key === 'weight' ? 'Weight' : key === 'floor' ? 'from' : 'to'}
              <TextInput className="num w-20!" inputMode="decimal" value={node[key]} onChange={(event) => onChange({ ...node, [key]: event.target.value })} />
            </label>
          ))}
        <IconButton label="Remove this part" size="small" onClick={onRemove}>
          <X aria-hidden size={14} />
        </IconButton>
      </div>
      {node.kind !== null && <Group node={node} metrics={metrics} onChange={onChange} />}
    </>
  )
}
