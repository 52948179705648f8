// What Node, the preload and the page all have, declared by hand: shared code sees neither Node's nor the DOM's types.

declare class TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>
}

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean })
  decode(bytes?: Uint8Array, options?: { stream?: boolean }): string
}

declare function atob(base64: string): string
declare function btoa(binary: string): string
