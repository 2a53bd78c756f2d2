/** The figures that the board of revenue begins with. */
export const LEADING = ['mrr', 'arr', 'net_new_mrr', 'arpa', 'nrr', 'grr', 'customer_retention_rate', 'logo_churn_rate'] as const
