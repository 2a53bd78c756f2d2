/** What a kind of business looks at first: metrics by id, each with the reason. All others stay one click away. */
export interface Pack {
  /** A value of the setting `business_type`. */
  readonly id: string
  readonly name: string
  readonly says: string
  readonly metrics: Readonly<Record<string, string>>
}

export const definePack = (pack: Pack): Pack => pack
