/** Stands in for `monaco-editor` and its workers in unit tests: it can be imported, not used. */
function stub(name: string): never {
  const fail = (): never => {
    throw new Error(`monaco-editor's ${name} does not exist in this test: mock the component that uses it`)
  }
  return new Proxy(() => undefined, { get: fail, apply: fail, construct: fail }) as never
}

export const editor = stub('editor')
export const languages = stub('languages')
export const json = stub('json')
export const Uri = stub('Uri')
export const KeyMod = stub('KeyMod')
export const KeyCode = stub('KeyCode')

/** Of `…?worker`. */
export default stub('worker')
