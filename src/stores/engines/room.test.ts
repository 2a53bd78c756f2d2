import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { checkRooms, floorOf, roomOf, watchRooms } from './room.ts'

const GB = 1000 ** 3

test.each([
  [undefined, 4 * GB, 0.2 * GB],
  [undefined, 1000 * GB, 0.5 * GB],
  ['', 1000 * GB, 0.5 * GB],
  ['2GB', 1000 * GB, 2 * GB],
  ['10 %', 4 * GB, 0.4 * GB],
  ['1.5mb', GB, 1_500_000],
  ['0', GB, 0],
])('%j of a disk of %d bytes keeps %d free', (setting, total, floor) => expect(floorOf(total, setting)).toBe(floor))

test.each(['much', '-1MB', '60%', '5 TB'])('%j is no room', (setting) => {
  expect(() => floorOf(GB, setting)).toThrow(expect.objectContaining({ code: 'setting_invalid', cure: expect.stringContaining('500MB') }) as Error)
})

test('below the floor nothing new is written', () => {
  const room = { place: '/data', free: 99_000_000, total: GB, floor: 100_000_000 }
  expect(() => checkRooms([room])).toThrow(
    expect.objectContaining({ code: 'disk_full', status: 507, retry: true, message: expect.stringContaining('99 MB') }) as Error,
  )
  checkRooms([{ ...room, free: room.floor }])
  checkRooms([])
})

test('a folder has the room of its disk', () => {
  const [room] = roomOf(tmpdir(), '0').rooms()
  expect(room?.free).toBeGreaterThan(0)
  expect(room?.total).toBeGreaterThanOrEqual(room?.free ?? 0)
})

test('a server that does not tell its disks is not watched', async () => {
  const watch = await watchRooms(() => Promise.reject(new Error('not enough privileges')), undefined)
  expect(watch.rooms()).toEqual([])
  watch.close()
})
