/**
 * The same record without a prototype: looked up by a name that somebody typed ("constructor", "__proto__"), it holds what was
 * put in it and nothing else.
 */
export const bare = <R extends object>(record: R): R => Object.assign(Object.create(null) as R, record)
