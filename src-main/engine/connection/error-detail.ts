/** What an error says. A host with several addresses fails with one error for each, and an empty message of its own. */
export function detailOf(error: Error): string {
  if (error.message !== '') return error.message
  if (error instanceof AggregateError) {
    return error.errors.map((inner) => (inner instanceof Error ? inner.message : String(inner))).join('; ')
  }
  return error.name
}
