import { bare } from '../../kernel/bare.ts'

/** Names by which systems that do not write IANA names call a zone; names of cities are not repeated here. */
const NAMES: Readonly<Record<string, string>> = bare({
  'America/New_York': 'Eastern Time|US Eastern|US/Eastern|Eastern Time US Canada|Eastern Standard Time',
  'America/Chicago': 'Central Time|US Central|US/Central|Central Time US Canada|Central Standard Time',
  'America/Denver': 'Mountain Time|US Mountain|US/Mountain|Mountain Time US Canada|Mountain Standard Time',
  'America/Los_Angeles': 'Pacific Time|US Pacific|US/Pacific|Pacific Time US Canada|Pacific Standard Time',
  'America/Juneau': 'Alaska', 'America/Anchorage': 'Alaskan Standard Time|Alaska Time', 'America/Adak': 'Aleutian Standard Time',
  'Pacific/Honolulu': 'Hawaii|Hawaiian Standard Time', 'Pacific/Midway': 'Midway Island|International Date Line West', 'Pacific/Pago_Pago': 'American Samoa|UTC-11',
  'Etc/GMT+12': 'Dateline Standard Time', 'Pacific/Marquesas': 'Marquesas Standard Time', 'America/Tijuana': 'Pacific Standard Time Mexico',
  'America/Phoenix': 'Arizona|US Mountain Standard Time', 'America/Mazatlan': 'Mountain Standard Time Mexico', 'America/Whitehorse': 'Yukon Standard Time',
  'America/Guatemala': 'Central America|Central America Standard Time', 'Pacific/Easter': 'Easter Island Standard Time', 'America/Mexico_City': 'Guadalajara|Central Standard Time Mexico',
  'America/Regina': 'Saskatchewan|Canada Central Standard Time', 'America/Bogota': 'SA Pacific Standard Time', 'America/Lima': 'Quito', 'America/Cancun': 'Eastern Standard Time Mexico',
  'America/Port-au-Prince': 'Haiti Standard Time', 'America/Havana': 'Cuba Standard Time', 'America/Indiana/Indianapolis': 'Indiana East|US Eastern Standard Time',
  'America/Grand_Turk': 'Turks And Caicos Standard Time', 'America/Asuncion': 'Paraguay Standard Time', 'America/Halifax': 'Atlantic Time Canada|Atlantic Standard Time',
  'America/Caracas': 'Venezuela Standard Time', 'America/Cuiaba': 'Central Brazilian Standard Time', 'America/La_Paz': 'SA Western Standard Time', 'America/Santiago': 'Pacific SA Standard Time',
  'America/Guyana': 'Georgetown', 'America/St_Johns': 'Newfoundland|Newfoundland Standard Time', 'America/Araguaina': 'Tocantins Standard Time',
  'America/Sao_Paulo': 'Brasilia|E. South America Standard Time', 'America/Cayenne': 'SA Eastern Standard Time', 'America/Argentina/Buenos_Aires': 'Buenos Aires|Argentina Standard Time',
  'America/Godthab': 'Greenland|Greenland Standard Time', 'America/Montevideo': 'Montevideo Standard Time', 'America/Punta_Arenas': 'Magallanes Standard Time',
  'America/Miquelon': 'Saint Pierre Standard Time', 'America/Bahia': 'Bahia Standard Time', 'Atlantic/South_Georgia': 'Mid-Atlantic', 'Atlantic/Azores': 'Azores Standard Time',
  'Atlantic/Cape_Verde': 'Cape Verde Is.|Cape Verde Standard Time', UTC: 'Coordinated Universal Time|Universal Time|Zulu|Z|Greenwich Mean Time|GMT|Etc/UTC|Etc/GMT',
  'Europe/London': 'Edinburgh|UK|GMT Standard Time|British Time', 'Atlantic/Reykjavik': 'Greenwich Standard Time', 'Africa/Sao_Tome': 'Sao Tome Standard Time', 'Africa/Casablanca': 'Morocco Standard Time',
  'Europe/Berlin': 'W. Europe Standard Time', 'Europe/Zurich': 'Bern', 'Europe/Budapest': 'Central Europe Standard Time', 'Europe/Paris': 'Romance Standard Time|Central European Time',
  'Europe/Warsaw': 'Central European Standard Time', 'Africa/Lagos': 'W. Central Africa Standard Time', 'Africa/Algiers': 'West Central Africa', 'Europe/Bucharest': 'GTB Standard Time',
  'Asia/Amman': 'Jordan Standard Time', 'Asia/Beirut': 'Middle East Standard Time', 'Africa/Cairo': 'Egypt Standard Time', 'Europe/Chisinau': 'E. Europe Standard Time', 'Asia/Damascus': 'Syria Standard Time',
  'Asia/Hebron': 'West Bank Standard Time', 'Africa/Johannesburg': 'Pretoria|South Africa Standard Time', 'Europe/Kiev': 'Kyiv|Europe/Kyiv|FLE Standard Time', 'Asia/Jerusalem': 'Israel Standard Time',
  'Africa/Juba': 'South Sudan Standard Time', 'Europe/Kaliningrad': 'Kaliningrad Standard Time', 'Africa/Khartoum': 'Sudan Standard Time', 'Africa/Tripoli': 'Libya Standard Time',
  'Africa/Windhoek': 'Namibia Standard Time', 'Asia/Baghdad': 'Arabic Standard Time', 'Europe/Istanbul': 'Turkey Standard Time', 'Asia/Riyadh': 'Arab Standard Time', 'Europe/Minsk': 'Belarus Standard Time',
  'Europe/Moscow': 'St. Petersburg|Russian Standard Time', 'Africa/Nairobi': 'E. Africa Standard Time', 'Asia/Tehran': 'Iran Standard Time', 'Asia/Dubai': 'Arabian Standard Time', 'Asia/Muscat': 'Abu Dhabi',
  'Europe/Astrakhan': 'Astrakhan Standard Time', 'Asia/Baku': 'Azerbaijan Standard Time', 'Europe/Samara': 'Russia Time Zone 3', 'Indian/Mauritius': 'Mauritius Standard Time', 'Europe/Saratov': 'Saratov Standard Time',
  'Asia/Tbilisi': 'Georgian Standard Time', 'Europe/Volgograd': 'Volgograd Standard Time', 'Asia/Yerevan': 'Caucasus Standard Time', 'Asia/Kabul': 'Afghanistan Standard Time', 'Asia/Tashkent': 'West Asia Standard Time',
  'Asia/Yekaterinburg': 'Ekaterinburg|Ekaterinburg Standard Time', 'Asia/Karachi': 'Islamabad|Pakistan Standard Time', 'Asia/Qyzylorda': 'Qyzylorda Standard Time',
  'Asia/Kolkata': 'Chennai|Mumbai|New Delhi|India Standard Time', 'Asia/Colombo': 'Sri Jayawardenepura|Sri Lanka Standard Time', 'Asia/Kathmandu': 'Kathmandu|Nepal Standard Time', 'Asia/Almaty': 'Central Asia Standard Time',
  'Asia/Dhaka': 'Bangladesh Standard Time', 'Asia/Omsk': 'Omsk Standard Time', 'Asia/Rangoon': 'Myanmar Standard Time', 'Asia/Bangkok': 'Hanoi|SE Asia Standard Time', 'Asia/Barnaul': 'Altai Standard Time',
  'Asia/Hovd': 'W. Mongolia Standard Time', 'Asia/Krasnoyarsk': 'North Asia Standard Time', 'Asia/Novosibirsk': 'N. Central Asia Standard Time', 'Asia/Tomsk': 'Tomsk Standard Time',
  'Asia/Shanghai': 'Beijing|Chongqing|China Standard Time', 'Asia/Irkutsk': 'North Asia East Standard Time', 'Asia/Singapore': 'Singapore Standard Time', 'Australia/Perth': 'W. Australia Standard Time',
  'Asia/Taipei': 'Taipei Standard Time', 'Asia/Ulaanbaatar': 'Ulaanbaatar Standard Time', 'Australia/Eucla': 'Aus Central W. Standard Time', 'Asia/Chita': 'Transbaikal Standard Time',
  'Asia/Tokyo': 'Osaka|Sapporo|Tokyo Standard Time|Japan Standard Time', 'Asia/Pyongyang': 'North Korea Standard Time', 'Asia/Seoul': 'Korea Standard Time', 'Asia/Yakutsk': 'Yakutsk Standard Time',
  'Australia/Adelaide': 'Cen. Australia Standard Time', 'Australia/Darwin': 'AUS Central Standard Time', 'Australia/Brisbane': 'E. Australia Standard Time', 'Australia/Sydney': 'AUS Eastern Standard Time',
  'Australia/Melbourne': 'Canberra', 'Pacific/Port_Moresby': 'West Pacific Standard Time', 'Australia/Hobart': 'Tasmania Standard Time', 'Asia/Vladivostok': 'Vladivostok Standard Time',
  'Australia/Lord_Howe': 'Lord Howe Standard Time', 'Pacific/Bougainville': 'Bougainville Standard Time', 'Asia/Srednekolymsk': 'Russia Time Zone 10', 'Asia/Magadan': 'Magadan Standard Time',
  'Pacific/Norfolk': 'Norfolk Standard Time', 'Asia/Sakhalin': 'Sakhalin Standard Time', 'Pacific/Guadalcanal': 'Solomon Is.|Central Pacific Standard Time', 'Pacific/Noumea': 'New Caledonia',
  'Asia/Kamchatka': 'Russia Time Zone 11', 'Pacific/Auckland': 'Wellington|New Zealand Standard Time', 'Pacific/Fiji': 'Fiji Standard Time', 'Pacific/Majuro': 'Marshall Is.', 'Pacific/Chatham': 'Chatham Is.|Chatham Islands Standard Time',
  'Pacific/Tongatapu': 'Nuku’alofa|Tonga Standard Time', 'Pacific/Fakaofo': 'Tokelau Is.', 'Pacific/Apia': 'Samoa|Samoa Standard Time', 'Pacific/Kiritimati': 'Line Islands Standard Time',
})

/** "America/New_York", "America/NewYork" and "america / new york" are one. */
export const zoneKey = (name: string): string => name.normalize('NFKD').toLowerCase().replace(/[^a-z0-9+]/g, '')

/** IANA names by key: whole names first, then other names of zones, then cities where only one zone bears the city. */
export function zoneIndex(): ReadonlyMap<string, string> {
  const index = new Map(Intl.supportedValuesOf('timeZone').map((zone) => [zoneKey(zone), zone]))
  for (const [zone, names] of Object.entries(NAMES)) for (const name of [zone, ...names.split('|')]) index.set(zoneKey(name), zone)
  const cities = new Map<string, string | null>()
  for (const zone of Intl.supportedValuesOf('timeZone').filter((name) => name.includes('/') && !name.startsWith('Etc/'))) {
    const key = zoneKey(zone.slice(zone.lastIndexOf('/') + 1))
    cities.set(key, cities.has(key) ? null : zone)
  }
  for (const [key, zone] of cities) if (zone !== null && !index.has(key)) index.set(key, zone)
  return index
}
