import { visibleText } from '../ui/visible-text'

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/

/**
 * Text from outside, for use within a sentence: what it holds of right-to-left letters or of characters that hide or
 * turn the direction cannot change the words around it. (On its own such text goes into a `<bdi>` instead.)
 */
export function isolate(text: string): string {
  const visible = visibleText(text)
  return RIGHT_TO_LEFT.test(visible) ? `\u2068${visible}\u2069` : visible
}
