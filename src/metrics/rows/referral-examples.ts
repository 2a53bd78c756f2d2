/** Twelve referrals by nine customers, three of which became customers within a month. */
export const twelveReferrals = Array.from({ length: 12 }, (_, i) => ({
  referral_id: `f${i}`,
  account_id: `0 ${i % 9}`,
  referred_name: `n${i}`,
  referred_at: '2024-03-15T12:00:00Z',
  converted_at: i < 3 ? '2024-04-02T12:00:00Z' : i === 3 ? '2024-05-20T12:00:00Z' : '',
}))
