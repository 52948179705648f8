/** What is remarkable of a cell beside its rights, by the places of its topic and client in the table. */
export type CellRemarks = (topic: number, client: number) => {
  /** The version that is compared with decides otherwise. */
  readonly changed: boolean
  /** The broker answered otherwise. */
  readonly disagrees: boolean
}

/** What a cell says to those who hear it. */
export interface CellWords {
  /** By the rights of a cell. */
  readonly rights: readonly string[]
  readonly changed: string
  readonly disagrees: string
  readonly invalid: string
}
