import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createTextDecoding } from './text-decoder.ts'

function decode(bytes: Uint8Array, size = bytes.length || 1): { text: string; encoding: string } {
  const decoding = createTextDecoding()
  let text = ''
  for (let i = 0; i < bytes.length; i += size) text += decoding.push(bytes.subarray(i, i + size))
  text += decoding.end()
  return { text, encoding: decoding.encoding() }
}

const TEXT = 'id,name\n1,Müller\n2,日本\n3,🦊\n'
const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16()

describe('the encoding of a file', () => {
  test.each([
    ['UTF-8', Buffer.from(TEXT), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${TEXT}`), 'utf-8'],
    ['UTF-16 little-endian with a mark', Buffer.from(`\ufeff${TEXT}`, 'utf16le'), 'utf-16le'],
    ['UTF-16 big-endian with a mark', utf16be(`\ufeff${TEXT}`), 'utf-16be'],
    ['UTF-16 little-endian without', Buffer.from(TEXT, 'utf16le'), 'utf-16le'],
    ['UTF-16 big-endian without', utf16be(TEXT), 'utf-16be'],
  ])('%s is read whole, wherever it is cut', (_, bytes, encoding) => {
    for (const size of [1, 2, 3, 5, 7, 1000]) expect(decode(bytes, size)).toEqual({ text: TEXT, encoding })
  })

  test('bytes that are not UTF-8 are read as Windows-1252, and said to be', () => {
    const bytes = Buffer.from('name\nM\u00fcller\nCaf\u00e9\n', 'latin1')
    for (const size of [1, 4, 100]) expect(decode(bytes, size)).toEqual({ text: 'name\nMüller\nCafé\n', encoding: 'windows-1252' })
    expect(decode(Buffer.from([0x35, 0x80]))).toEqual({ text: '5€', encoding: 'windows-1252' })
  })

  test('a few bad bytes in UTF-8 do not spoil the rest', () => {
    const bytes = Buffer.concat([Buffer.from('Müller, Jürgen, Käthe '), Buffer.from([0xe9]), Buffer.from(' Özil')])
    expect(decode(bytes)).toEqual({ text: 'Müller, Jürgen, Käthe é Özil', encoding: 'mixed' })
  })

  test('a sequence that the file ends in is not lost', () =>
    expect(decode(Buffer.concat([Buffer.from('abcd'), Buffer.from([0xc3])]))).toEqual({ text: 'abcdÃ', encoding: 'windows-1252' }))
  test('an empty file is empty', () => expect(decode(new Uint8Array())).toEqual({ text: '', encoding: 'utf-8' }))

  test('any text in UTF-8 survives any cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 2 }), fc.integer({ min: 1, max: 9 }), (text, size) => {
        const bytes = Buffer.from(`id${text}`)
        expect(decode(bytes, size).text).toBe(bytes.toString('utf8'))
      }),
    )
  })
})
