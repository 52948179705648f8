import { types, type Type } from 'avsc'
import { AvroFault } from './avro-fault'
import { READING_LIMITS } from './reading-limits'
import { limitFault } from './value-outcome'

/**
 * Where values end, by their types (Avro 1.12, Binary Encoding). The library sets memory aside for whatever a block promises, and goes
 * on beyond the end of the bytes, so it reads only what was measured here.
 */
export class AvroBounds {
  #bytes: Buffer = Buffer.alloc(0)
  #at = 0
  /** Of all that was measured. */
  #values = 0

  /** Where the value of this type ends that starts at `at`. @throws {AvroFault} it does not, or goes beyond {@link READING_LIMITS} */
  endOf(type: Type, bytes: Buffer, at: number): number {
    this.#bytes = bytes
    this.#at = at
    this.#pass(type, 0)
    return this.#at
  }

  #pass(type: Type, depth: number): void {
    this.#values += 1
    if (this.#values > READING_LIMITS.values) throw new AvroFault(limitFault('values'))
    if (depth > READING_LIMITS.depth) throw new AvroFault(limitFault('depth'))
    if (type instanceof types.RecordType) for (const field of type.fields) this.#pass(field.type, depth + 1)
    else if (type instanceof types.ArrayType) this.#passBlocks(() => this.#pass(type.itemsType, depth + 1))
    else if (type instanceof types.MapType) this.#passBlocks(() => this.#passEntry(type.valuesType as Type, depth + 1))
    else if (type instanceof types.UnwrappedUnionType || type instanceof types.WrappedUnionType) this.#passBranch(type.types, depth)
    else if (type instanceof types.FixedType) this.#skip(type.size)
    else this.#passScalar(type.typeName)
  }

  #passScalar(name: string): void {
    switch (name) {
      case 'null':
        break
      case 'boolean':
        this.#skip(1)
        break
      case 'float':
        this.#skip(4)
        break
      case 'double':
        this.#skip(8)
        break
      case 'string':
      case 'bytes':
        this.#skip(this.#number())
        break
      default: // int, long, enum
        this.#number()
    }
  }

  #passBranch(branches: readonly Type[], depth: number): void {
    const branch = branches[this.#number()]
    if (branch === undefined) throw damaged('a union has no such branch')
    this.#pass(branch, depth + 1)
  }

  #passEntry(values: Type, depth: number): void {
    const length = this.#number()
    const start = this.#at
    this.#skip(length)
    if (this.#bytes.toString('utf8', start, this.#at) === '__proto__') throw damaged('the key __proto__ cannot be read')
    this.#pass(values, depth)
  }

  /** Blocks up to an empty one; a count below zero is followed by the block's size. */
  #passBlocks(passItem: () => void): void {
    for (let count = this.#number(); count !== 0; count = this.#number()) {
      if (count < 0) this.#number()
      for (let left = Math.abs(count); left > 0; left -= 1) passItem()
    }
  }

  #skip(length: number): void {
    if (length < 0 || this.#at + length > this.#bytes.byteLength) throw damaged('it ends too early')
    this.#at += length
  }

  /** A zigzag number of variable length; beyond 53 bits roughly, which is more than there are bytes. */
  #number(): number {
    let value = 0
    for (let scale = 1, read = 0; read < 10; read += 1, scale *= 128) {
      const byte = this.#bytes[this.#at]
      if (byte === undefined) throw damaged('it ends too early')
      this.#at += 1
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value % 2 === 0 ? value / 2 : -(value + 1) / 2
    }
    throw damaged('a number has more than 64 bits')
  }
}

const damaged = (detail: string): AvroFault => new AvroFault({ kind: 'malformed', detail })
