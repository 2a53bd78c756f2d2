import { describe, expect, it } from 'vitest'
import { parseCondition } from '../../../books/accounts/conditions.ts'
import { parseSearch, stringifySearch } from '../../search.ts'
import { conditionsOf, quoted, readChoice, READY_LISTS, sayCondition, writeChoice, writeCondition } from './list-address.ts'
import { between } from './selection.ts'

const nameOf = (id: string): string => ({ nrr: 'Net revenue retention', band: 'Band' })[id] ?? id

describe('the address of a list', () => {
  it('is read back as it was written', () => {
    const choice = {
      which: 'former',
      columns: ['arr', 'nrr[of=x]@3m'],
      sort: '-arr',
      filters: ['nrr < 0.9', 'segment in (A, "B, C")'],
      find: 'acme & co',
    } as const
    expect(readChoice(parseSearch(stringifySearch(writeChoice(choice))))).toEqual(choice)
  })

  it('leaves out what is as usual', () => {
    expect(stringifySearch(writeChoice({ which: 'customers', columns: [], sort: undefined, filters: [], find: '' }))).toBe('')
    expect(readChoice({ which: 'nobody' })).toEqual({ which: 'customers', columns: [], sort: undefined, filters: [], find: '' })
  })
})

describe('a condition', () => {
  it.each(['plain', 'a, b', '(none)', 'say "hi"', ' led', 'a (b)'])('with the value "%s" is read back as it was meant', (value) => {
    expect(parseCondition(writeCondition('name', 'contains', value)).values).toEqual([value.trim()])
    expect(parseCondition(`name in (${quoted(value)}, other)`).values).toEqual([value, 'other'])
  })

  it('reads as a sentence', () => {
    expect(sayCondition('nrr < 0.9', nameOf)).toBe('Net revenue retention is less than 0.9')
    expect(sayCondition('nrr is missing', nameOf)).toBe('Net revenue retention is missing')
    expect(sayCondition('band in (red, amber)', nameOf)).toBe('Band in (red, amber)')
  })

  it('of what is looked for stands beside the others', () => {
    expect(conditionsOf(['segment=A'], { filters: ['nrr < 1'], find: ' x, y ' })).toEqual(['segment=A', 'nrr < 1', 'name contains "x, y"'])
  })
})

it('every ready list is made of conditions that can be read', () => {
  for (const { filters } of READY_LISTS) for (const filter of filters) expect(parseCondition(filter).column).not.toBe('')
})

it('a range holds both of its ends, whichever comes first', () => {
  expect([between(2, 4), between(4, 2), between(3, 3)]).toEqual([[2, 3, 4], [2, 3, 4], [3]])
})
