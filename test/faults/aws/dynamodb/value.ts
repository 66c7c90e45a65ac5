/** What an attribute holds, as the document client hands it over. */
export type Value =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | Value[]
  | Set<string | number | Uint8Array>
  | { [name: string]: Value };
