const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** Whether a field's text is a number, and so is set like one. */
export function isNumberText(text: string): boolean {
  return NUMBER.test(text)
}
