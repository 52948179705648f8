/** A value with a tag of its format: a tag number of CBOR, an extension type of MessagePack. */
export class Tagged {
  constructor(
    readonly tag: number | bigint,
    readonly value: unknown,
  ) {}
}

/** A simple value of CBOR that has no meaning yet (RFC 8949, 3.3). */
export class Simple {
  constructor(readonly number: number) {}
}

/** A map whose keys are not all strings, or not all different. */
export class Pairs {
  constructor(readonly entries: readonly (readonly [key: unknown, value: unknown])[]) {}
}

/** A time finer than a `Date` can tell: 0 to 999,999,999 nanoseconds after the whole second. */
export class Instant {
  constructor(
    readonly seconds: number,
    readonly nanoseconds: number,
  ) {}
}

/** A double that is whole, where its format tells it from an integer: written with a point. */
export class Double {
  constructor(readonly value: number) {}
}
