import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import type { Losses } from '../../contract/settings.ts'
import { StoreNotices } from './store-notices.tsx'

const item = { fact: 'account', name: 'Account', import_id: 'i1', file: 'accounts.csv', recorded: 30, held: 18, missing: 12, set_aside: [] }
const lost = (...items: Losses['items']): Losses => ({
  audited_at: '2024-08-01T00:00:00.000Z',
  rows: items.reduce((sum, { missing }) => sum + missing, 0),
  total: items.length,
  items,
})
const idle = { isPending: false, failure: null, begin: () => undefined }

function seen(
  losses: Losses,
  disks: { place: string; free: number; floor: number; short: boolean }[] = [],
  restoring: Parameters<typeof StoreNotices>[0]['restoring'] = idle,
): string {
  return renderToStaticMarkup(createElement(StoreNotices, { losses, disks, restoring }))
}

test('stores that are well say nothing', () => expect(seen(lost(), [{ place: '/data', free: 9e9, floor: 5e8, short: false }])).toBe(''))

test('rows that are lost are named by kind, file and import, with the way to bring them back', () => {
  const many = Array.from({ length: 4 }, (_, i) => ({ ...item, file: `file${i}.csv` }))
  const html = seen(lost(item, { ...item, fact: 'charge', name: 'Charge', file: 'charges.csv', held: null, missing: 30 }))
  expect(html).toContain('role="alert"')
  expect(html).toContain('has lost 42 recorded rows')
  expect(html).toContain('Account: 12 of 30 rows of accounts.csv (import i1)')
  expect(html).toContain('Charge: 30 rows of charges.csv (import i1) cannot be read')
  expect(html).toMatch(/<button[^>]*>Restore from kept rows/)
  expect(seen(lost(...many))).toContain('and 1 more')
})

test('what could not be restored says why, and what to do instead', () => {
  const html = seen(lost(item), [], { ...idle, failure: 'Of accounts.csv no rows are kept. Bring back a backup.' })
  expect(html).toContain('Bring back a backup.')
  expect(seen(lost(item), [], { ...idle, isPending: true })).toMatch(/<button[^>]*disabled[^>]*>Restoring/)
})

test('kept rows that are lost change no number, and offer nothing that cannot help', () => {
  const html = seen(lost({ ...item, fact: 'import_row', name: 'Kept rows' }))
  expect(html).toContain('No number changes')
  expect(html).not.toContain('<button')
})

test('a disk that is nearly full is named with what is free and what should be', () => {
  expect(seen(lost(), [{ place: '/data', free: 99_000_000, floor: 5e8, short: true }])).toContain('99 MB are free at /data, and 500 MB are to stay free')
})
