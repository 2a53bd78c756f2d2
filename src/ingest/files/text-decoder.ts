import { Buffer, isAscii, isUtf8 } from 'node:buffer'

/** `mixed`: UTF-8 with some bytes that are not, each of which was read as Windows-1252. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'mixed'

export interface TextDecoding {
  push(chunk: Uint8Array): string
  end(): string
  encoding(): Encoding
}

/** Length of the UTF-8 sequence that starts at `at`, 0 when it is not one, -1 when the bytes end inside it. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0
  const length = lead < 0x80 ? 1 : lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0
  if (length < 2) return length
  for (let i = 1; i < length; i++) {
    const next = bytes[at + i]
    if (next === undefined) return -1
    if ((next & 0xc0) !== 0x80) return 0
  }
  return isUtf8(bytes.subarray(at, at + length)) ? length : 0
}

/** Bytes at the end that begin a sequence which the next chunk finishes. */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte >= 0xc0) return sequenceLength(bytes, bytes.length - back) === -1 ? back : 0
    if (byte < 0x80) return 0
  }
  return 0
}

const HIGH_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'
/** Node's own decoder of this name reads Latin-1: https://github.com/nodejs/node/issues/56542 */
const windows1252 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (char) => HIGH_1252[char.charCodeAt(0) - 0x80] ?? char)

function decodeMixed(bytes: Uint8Array): { text: string; good: number; bad: number } {
  let [text, good, bad, from] = ['', 0, 0, 0]
  const flush = (until: number): void => {
    if (until > from) text += Buffer.from(bytes.buffer, bytes.byteOffset + from, until - from).toString('utf8')
  }
  for (let at = 0; at < bytes.length;) {
    const length = (bytes[at] ?? 0) < 0x80 ? 1 : sequenceLength(bytes, at)
    if (length > 0) {
      if (length > 1) good++
      at += length
      continue
    }
    flush(at)
    text += windows1252(bytes.subarray(at, at + 1))
    bad++
    from = ++at
  }
  flush(bytes.length)
  return { text, good, bad }
}

function utf8(): TextDecoding {
  let encoding: Encoding = 'utf-8'
  let carry = Buffer.alloc(0)
  let sawSequences = false
  const decode = (bytes: Buffer): string => {
    if (encoding === 'windows-1252') return windows1252(bytes)
    if (isUtf8(bytes)) {
      sawSequences ||= !isAscii(bytes)
      return bytes.toString('utf8')
    }
    const mixed = decodeMixed(bytes)
    encoding = sawSequences || encoding === 'mixed' || mixed.good > mixed.bad ? 'mixed' : 'windows-1252'
    return encoding === 'mixed' ? mixed.text : windows1252(bytes)
  }
  return {
    push(chunk) {
      const bytes = carry.length === 0 ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength) : Buffer.concat([carry, chunk])
      const keep = encoding === 'windows-1252' ? 0 : unfinished(bytes)
      carry = Buffer.from(bytes.subarray(bytes.length - keep))
      return decode(bytes.subarray(0, bytes.length - keep))
    },
    end: () => decode(carry),
    encoding: () => encoding,
  }
}

function utf16(encoding: 'utf-16le' | 'utf-16be'): TextDecoding {
  const decoder = new TextDecoder(encoding)
  return { push: (chunk) => decoder.decode(chunk, { stream: true }), end: () => decoder.decode(), encoding: () => encoding }
}

/** Chooses by byte order mark, else by where the zero bytes of plain letters lie. The mark itself is dropped. */
function choose(head: Uint8Array): { decoding: TextDecoding; skip: number } {
  const [a = -1, b = -1, c = -1, d = -1] = head
  if (a === 0xef && b === 0xbb && c === 0xbf) return { decoding: utf8(), skip: 3 }
  if (a === 0xff && b === 0xfe) return { decoding: utf16('utf-16le'), skip: 2 }
  if (a === 0xfe && b === 0xff) return { decoding: utf16('utf-16be'), skip: 2 }
  if (a > 0 && b === 0 && c > 0 && d === 0) return { decoding: utf16('utf-16le'), skip: 0 }
  if (a === 0 && b > 0 && c === 0 && d > 0) return { decoding: utf16('utf-16be'), skip: 0 }
  return { decoding: utf8(), skip: 0 }
}

/** Bytes to text as they arrive. What is not UTF-8 is read as Windows-1252, which `encoding()` then says. */
export function createTextDecoding(): TextDecoding {
  let head = Buffer.alloc(0)
  let chosen: TextDecoding | null = null
  const begin = (): string => {
    const { decoding, skip } = choose(head)
    chosen = decoding
    return decoding.push(head.subarray(skip))
  }
  return {
    push(chunk) {
      if (chosen !== null) return chosen.push(chunk)
      head = Buffer.concat([head, chunk])
      return head.length < 4 ? '' : begin()
    },
    end() {
      const before = chosen === null ? begin() : ''
      return before + (chosen?.end() ?? '')
    },
    encoding: () => chosen?.encoding() ?? 'utf-8',
  }
}
