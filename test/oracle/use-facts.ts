import { contact } from '../../src/facts/contact.ts'
import { feature } from '../../src/facts/feature.ts'
import { featureEntitlement } from '../../src/facts/feature-entitlement.ts'
import type { FactDefinition } from '../../src/facts/fact.ts'
import { usageEvent } from '../../src/facts/usage-event.ts'

export const USE_FACTS = { usage_event: usageEvent, feature, feature_entitlement: featureEntitlement, contact } satisfies Record<string, FactDefinition>
