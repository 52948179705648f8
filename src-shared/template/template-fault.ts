/** What is wrong with a template; `name`: of the variable or function. `most` counts characters, or expressions. */
export type TemplateFaultReason =
  | { readonly kind: 'unclosed' }
  | { readonly kind: 'not-understood' }
  | { readonly kind: 'unknown-variable'; readonly name: string }
  | { readonly kind: 'unknown-function'; readonly name: string }
  | { readonly kind: 'wrong-arguments'; readonly name: string }
  | { readonly kind: 'template-too-long'; readonly most: number }
  | { readonly kind: 'expression-too-long'; readonly most: number }
  | { readonly kind: 'too-many-expressions'; readonly most: number }
  | { readonly kind: 'result-too-long'; readonly most: number }

/** A fault and the part of the template it lies in, in UTF-16 units. */
export interface TemplateFault {
  readonly reason: TemplateFaultReason
  readonly offset: number
  readonly length: number
}
