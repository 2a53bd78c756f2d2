/**
 * How much of a long loop this run does. Every day a few rounds; before a release (`npm run test:release`) as many as it
 * takes to be sure. `BINNACLE_<NAME>` says another number.
 */
export const isRelease: boolean = process.env['BINNACLE_SIZE'] === 'release'

export const sizeOf = (name: string, usual: number, release: number): number => Number(process.env[`BINNACLE_${name}`] ?? (isRelease ? release : usual))

/** The first of the random companies, requests or kills of this run. */
export const FIRST_SEED = sizeOf('FIRST_SEED', 1, 1)
