/** The groups that a metric can belong to, beside its level. In one place for definitions, schemas and the web app. */
export const METRIC_GROUPS = [
  'Revenue Metrics',
  'Customer Engagement & product metrics',
  'Feedback and Advocacy Metrics',
  'Support and response metrics',
] as const
