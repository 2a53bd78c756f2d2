/** The groups that a metric can belong to, beside its level. Apart from the schemas, so that the web app need not load them. */
export const METRIC_GROUPS = ['Revenue Metrics', 'Customer Engagement & product metrics', 'Feedback and Advocacy Metrics', 'Support and response metrics'] as const
