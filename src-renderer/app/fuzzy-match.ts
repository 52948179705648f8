/**
 * How well `query` matches `text`, or null when it does not: its letters have to occur in order, those of each word
 * close together or at the beginning of words. Higher is better; an empty query matches everything alike.
 */
export function fuzzyScore(query: string, text: string): number | null {
  const wanted = query.toLowerCase().replace(/\s+/g, '')
  if (wanted === '') return 0
  const letters = text.toLowerCase()
  const direct = letters.indexOf(query.trim().toLowerCase())
  // The words as typed beat letters picked from all over.
  if (direct >= 0) return 1_000 - direct - letters.length / 100 + (isWordStart(letters, direct) ? 500 : 0)
  let score = 0
  let at = -1
  for (const letter of wanted) {
    const next = letters.indexOf(letter, at + 1)
    if (next < 0) return null
    const start = isWordStart(letters, next)
    if (!start && next !== at + 1 && at >= 0) {
      // A letter in the middle of a word counts only where the next word start does not have it.
      const better = findWordStart(letters, letter, next)
      if (better >= 0) {
        at = better
        score += 8
        continue
      }
    }
    score += start ? 8 : next === at + 1 ? 5 : 1
    at = next
  }
  return score - letters.length / 100
}

function isWordStart(text: string, index: number): boolean {
  return index === 0 || /[\s/_.:-]/.test(text.charAt(index - 1))
}

function findWordStart(text: string, letter: string, from: number): number {
  for (let index = text.indexOf(letter, from); index >= 0; index = text.indexOf(letter, index + 1)) {
    if (isWordStart(text, index)) return index
  }
  return -1
}
