import { emptyCompany } from '../oracle/company.ts'
import { changeProperties, i22, unchanged } from './change-properties.ts'
import { ledgerProperties } from './ledger-properties.ts'
import { i21, ratioProperties } from './ratio-properties.ts'
import type { Property } from './subject.ts'
import { supportProperties } from './support-properties.ts'
import { voiceProperties } from './voice-properties.ts'
import { useProperties } from './use-properties.ts'

/** The invariants that every number must hold, and the retellings that may change none (docs/definitions.md). */
export const propertiesOf = (metrics: readonly string[], seed: number): readonly Property[] => [
  ...ledgerProperties,
  ...ratioProperties,
  ...changeProperties,
  ...voiceProperties,
  ...useProperties,
  ...supportProperties,
  i21(metrics, emptyCompany()),
  i22(metrics),
  unchanged(metrics, seed),
]
