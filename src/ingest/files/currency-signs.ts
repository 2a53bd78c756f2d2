import { bare } from '../../kernel/bare.ts'

const SIGNS: Readonly<Record<string, string>> = bare({ '€': 'EUR', '£': 'GBP', '₹': 'INR', $: 'USD' })

/** Currencies whose signs stand beside numbers in these rows: offered as answers, never taken for granted. */
export function readSigns(rows: readonly string[][]): string[] {
  const found = new Set<string>()
  for (const row of rows)
    for (const cell of row) {
      const sign = /^[-(]?\s*([€£₹$])\s*\d|\d\s*([€£₹$])\)?$/.exec(cell)
      const code = SIGNS[sign?.[1] ?? sign?.[2] ?? '']
      if (code !== undefined) found.add(code)
    }
  return [...found]
}
