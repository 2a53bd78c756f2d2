import { counted } from '../format.ts'
import { useToday } from '../today-data.ts'
import { type View, useWho } from '../who.ts'
import { Segmented } from '../ui/segmented.tsx'
import { Select } from '../ui/select.tsx'

const CHOICES: readonly { value: View; label: string }[] = [
  { value: 'csm', label: 'CSM' },
  { value: 'team', label: 'Team' },
  { value: 'company', label: 'Company' },
]

/** Whose day it is: one CSM's or everybody's, the team's, the company's. Until people sign in it is chosen, and remembered. */
export function WhoPicker() {
  const [{ view, csm }, set] = useWho()
  const csms = useToday(csm).data?.csms ?? []
  const everybody = csms.reduce((sum, { accounts }) => sum + accounts, 0)
  const choices = [
    { value: '', label: 'Everybody', says: counted(everybody, 'account') },
    ...csms.filter(({ id }) => id !== '').map(({ id, name, accounts }) => ({ value: id, label: name, says: counted(accounts, 'account') })),
  ]
  const known = choices.some(({ value }) => value === csm) ? choices : [...choices, { value: csm, label: csm }]
  return (
    <>
      <Segmented label="Whose day" value={view} choices={CHOICES} onChange={(next) => set({ view: next })} />
      {view === 'csm' && <Select label="CSM" value={csm} choices={known} onChange={(next) => set({ csm: next })} className="max-w-48" />}
    </>
  )
}
