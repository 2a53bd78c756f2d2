import { INDUSTRIES } from './rates.ts'

const STEMS = [
  'Quill',
  'Tarn',
  'Oster',
  'Brindle',
  'Calder',
  'Marlow',
  'Fenn',
  'Halden',
  'Ilex',
  'Juno',
  'Kestrel',
  'Linden',
  'Morrow',
  'Nether',
  'Orrin',
  'Pell',
  'Quarry',
  'Rusk',
  'Sorrel',
  'Thistle',
  'Umber',
  'Varley',
  'Wexen',
  'Yarrow',
  'Zephyr',
  'Alder',
  'Bracken',
  'Cinder',
  'Dapple',
  'Elder',
  'Flint',
  'Garnet',
  'Heron',
  'Ivory',
  'Jasper',
  'Kelp',
  'Larch',
  'Maple',
  'Nimbus',
  'Ochre',
  'Pewter',
  'Quince',
  'Russet',
  'Saffron',
  'Teasel',
  'Ursa',
  'Velvet',
  'Willow',
]
const ENDINGS = [
  'mere',
  'wick',
  'vale',
  'holt',
  'combe',
  'garth',
  'stead',
  'ford',
  'crest',
  'haven',
  'moor',
  'brook',
  'gate',
  'field',
  'row',
  'lock',
  'reach',
  'side',
  'croft',
  'ridge',
]
const TRADES: Record<(typeof INDUSTRIES)[number], readonly string[]> = {
  Logistics: ['Freight', 'Haulage', 'Couriers', 'Warehousing', 'Shipping', 'Cargo'],
  Food: ['Bakery', 'Provisions', 'Dairy', 'Kitchens', 'Roasters', 'Mills'],
  Software: ['Systems', 'Labs', 'Cloud', 'Analytics', 'Digital', 'Software'],
  Health: ['Clinics', 'Dental', 'Diagnostics', 'Care', 'Pharmacy', 'Therapies'],
  Retail: ['Outfitters', 'Home', 'Market', 'Books', 'Cycles', 'Garden'],
  Energy: ['Power', 'Solar', 'Grid', 'Wind', 'Heating', 'Utilities'],
  Education: ['Academy', 'Learning', 'College', 'Tutors', 'Press', 'Training'],
  Finance: ['Partners', 'Insurance', 'Payments', 'Advisers', 'Credit', 'Savings'],
}
// Coprime to the number of names: neighbouring accounts get unlike names, and none comes twice before all were used.
const STRIDE = 619

/** A customer's invented name. Some carry a comma, as names in real exports do. */
export function nameOf(index: number, industry: number): string {
  const places = STEMS.length * ENDINGS.length
  const trades = TRADES[INDUSTRIES[industry] ?? 'Software']
  const round = Math.floor(index / places)
  const place = ((index % places) * STRIDE) % places
  const stem = STEMS[place % STEMS.length] ?? ''
  const ending = ENDINGS[Math.floor(place / STEMS.length)] ?? ''
  const trade = trades[(round + place) % trades.length] ?? ''
  const again = Math.floor(round / trades.length)
  const name = index % 41 === 7 ? `${stem}${ending}, ${stem} & Co ${trade}` : `${stem}${ending} ${trade}`
  return again === 0 ? name : `${name} ${again + 1}`
}
