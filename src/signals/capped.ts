import type { Cap } from '../health/caps.ts'
import type { SignDay } from './sign.ts'

/** What a sign that reports a cap is read from. */
export interface Capped {
  readonly cap: Cap | null
}

export const cappedBy = ({ caps }: Pick<SignDay, 'caps'>, id: string): Capped => ({ cap: caps.find((cap) => cap.id === id) ?? null })
