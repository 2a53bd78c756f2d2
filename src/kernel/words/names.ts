/** Words that are written in capitals wherever they stand. */
const CAPITALS = /\b(?:id|csm|mrr|arr|fte|fx|nps|csat|ces|sso|sla|url|crm|vat)\b/gi

/** A stored name as the head of a column or a field: "CSM ID", "Acquisition source". */
export function nameOfId(id: string): string {
  const text = id.replaceAll('_', ' ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`.replaceAll(CAPITALS, (word) => word.toUpperCase())
}
