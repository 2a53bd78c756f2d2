import { statfsSync } from 'node:fs'
import { bare } from '../../kernel/bare.ts'
import { BinnacleError } from '../../kernel/errors.ts'
import { DISK_FULL } from '../clickhouse-failure.ts'

/** The room on a disk of a store. */
export interface Room {
  readonly place: string
  readonly free: number
  readonly total: number
  /** Below so many free bytes nothing new is written. */
  readonly floor: number
}

export interface RoomWatch {
  /** The disks as they were last seen; none where a server does not tell. */
  rooms(): Room[]
  close(): void
}

const UNITS: Readonly<Record<string, number>> = bare({ B: 1, KB: 1000, MB: 1000 ** 2, GB: 1000 ** 3 })

/**
 * How much of a disk of that size stays free, as BINNACLE_FREE_SPACE says: "500MB", "5%", "0" for nothing. Unless told, 5 % of
 * a disk and 500 MB of a large one. Throws `setting_invalid`.
 */
export function floorOf(total: number, setting: string | undefined): number {
  if (setting === undefined || setting === '') return Math.min(total / 20, 500 * 1000 ** 2)
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*(B|KB|MB|GB|%)?$/i.exec(setting.trim()) ?? []
  if (number === '' || (unit === '%' && Number(number) > 50))
    throw new BinnacleError('setting_invalid', `BINNACLE_FREE_SPACE is "${setting}".`, {
      cure: 'Write what is to stay free of each disk: 500MB, 2GB, or a share up to 50%.',
    })
  return unit === '%' ? (total * Number(number)) / 100 : Number(number) * (UNITS[unit.toUpperCase()] ?? 1)
}

/** The disk of a folder, looked at whenever somebody asks. */
export function roomOf(folder: string, setting: string | undefined): RoomWatch {
  const look = (): Room => {
    const { bavail, blocks, bsize } = statfsSync(folder)
    const total = blocks * bsize
    return { place: folder, free: bavail * bsize, total, floor: floorOf(total, setting) }
  }
  look()
  return { rooms: () => [look()], close: () => undefined }
}

const ASK_EVERY_MS = 2000

/** Disks of servers, which are asked every two seconds; a server that does not tell is not watched. */
export async function watchRooms(ask: () => Promise<Omit<Room, 'floor'>[]>, setting: string | undefined): Promise<RoomWatch> {
  floorOf(0, setting)
  let last: Room[] = []
  const look = async (): Promise<void> => {
    last = (await ask().catch(() => [])).map((room) => ({ ...room, floor: floorOf(room.total, setting) }))
  }
  await look()
  const timer = setInterval(() => void look(), ASK_EVERY_MS).unref()
  return { rooms: () => last, close: () => clearInterval(timer) }
}

export const isShort = ({ free, floor }: Room): boolean => free < floor

const megabytes = (bytes: number): string => `${Math.round(bytes / 1000 ** 2)} MB`

/** Throws `disk_full` when a disk has less room than is to stay free. */
export function checkRooms(rooms: readonly Room[]): void {
  const short = rooms.find(isShort)
  if (short === undefined) return
  throw new BinnacleError(
    'disk_full',
    `Only ${megabytes(short.free)} are free at ${short.place}: below ${megabytes(short.floor)} nothing new is written.`,
    DISK_FULL,
  )
}
