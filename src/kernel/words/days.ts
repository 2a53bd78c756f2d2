/** Days as people say them. */
export const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const
export const LONG_MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'] as const

export const monthIndex = (day: string): number => Number(day.slice(5, 7)) - 1

/** "15 Jan 2024". */
export const formatDay = (day: string): string => `${Number(day.slice(8, 10))} ${MONTHS[monthIndex(day)] ?? ''} ${day.slice(0, 4)}`
