/**
 * UUID version 7 (RFC 9562): time-ordered, so that newer ids sort after older ones.
 * The milliseconds come from the caller's clock.
 */
export function uuidv7(now: Date): string {
  const bytes = new Uint8Array(16)
  globalThis.crypto.getRandomValues(bytes)
  let ms = now.getTime()
  for (let i = 5; i >= 0; i--) {
    bytes[i] = ms % 256
    ms = Math.floor(ms / 256)
  }
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

const ASCII = /^[\u0020-\u007e]*$/
/** Characters that take no room and say nothing: joiners, marks of direction, soft hyphens, byte order marks. */
const UNSEEN = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/g

/** Text in one of the ways in which Unicode can compose it (NFC): what looks the same is the same. */
export const composed = (text: string): string => (ASCII.test(text) ? text : text.normalize('NFC'))

/** An id as it is compared and stored: composed, without what nobody sees. Whatever names a thing by its id goes through it. */
export const plainId = (text: string): string => (ASCII.test(text) ? text : text.replace(UNSEEN, '').normalize('NFC').trim())
